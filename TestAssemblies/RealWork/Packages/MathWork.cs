using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;
using MathNet.Numerics.IntegralTransforms;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;

namespace RealWork;

static class MathWork
{
    public static void Run(TextWriter output)
    {
        Control.UseManaged();
        Control.UseSingleThread();
        var matrix = Matrix<double>.Build.Dense(20, 20, (row, column) => 1.0 / (row + column + 1) + (row == column ? 1 : 0));
        var vector = Vector<double>.Build.Dense(20, index => Math.Sin(index));
        output.WriteLine(matrix.Solve(vector).ToVectorString(100, 80));
        output.WriteLine($"{matrix.Determinant():R} {matrix.Rank()} {matrix.Evd().EigenValues.Sum():R} {matrix.Svd().ConditionNumber:R}");
        output.WriteLine((matrix.QR().R.Transpose() * matrix.Cholesky().Factor).ToMatrixString(10, 5));

        var random = new Random(7);
        var samples = new double[500];
        Normal.Samples(random, samples, 3, 2);
        output.WriteLine($"{samples.Mean():R} {samples.StandardDeviation():R} {samples.Median():R} {samples.Skewness():R}");
        output.WriteLine(new Histogram(samples, 12).ToString());

        var signal = samples.Take(256).Select(value => new System.Numerics.Complex(value, 0)).ToArray();
        Fourier.Forward(signal);
        output.WriteLine(string.Join(" ", signal.Take(20).Select(value => value.Magnitude.ToString("R"))));
        output.WriteLine($"{GaussLegendreRule.Integrate(Math.Exp, 0, 1, 16):R} {FindRoots.OfFunction(x => x * x * x - 2, 0, 2):R}");
        output.WriteLine($"{SpecialFunctions.Gamma(4.5):R} {SpecialFunctions.Erf(0.3):R} {SpecialFunctions.BesselI0(1.2):R}");
        output.WriteLine(string.Join(" ", Fit.Polynomial([0, 1, 2, 3, 4], [1, 2, 5, 10, 17], 2).Select(c => c.ToString("F9"))));
        output.WriteLine(Interpolate.CubicSpline([0, 1, 2, 3], [0.0, 1, 4, 9]).Interpolate(1.5).ToString("R"));
    }
}
