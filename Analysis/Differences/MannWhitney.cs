namespace ProfilerWeaver;

/// <summary>The Mann–Whitney U test: whether one of two samples tends to be larger. It takes nothing for granted of how times are
/// distributed.</summary>
static class MannWhitney
{
    // Up to here the distribution is computed; beyond, it is normal for all that can be told.
    const int MostExact = 60;

    /// <summary>How likely samples of one distribution differ as much as these (two-sided); ties are allowed for.</summary>
    public static double Probability(IReadOnlyList<double> left, IReadOnlyList<double> right)
    {
        var ranks = DoubledRanks([.. left, .. right]);
        var sum = ranks.Take(left.Count).Sum();
        return ranks.Length <= MostExact ? Exact(ranks, left.Count, sum) : Normal(ranks, left.Count, sum);
    }

    // Ties have the mean of their ranks, which is a whole number when doubled.
    static int[] DoubledRanks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort((double[])values.Clone(), order);
        var ranks = new int[values.Length];
        for (var first = 0; first < order.Length;)
        {
            var last = first;
            while (last + 1 < order.Length && values[order[last + 1]] == values[order[first]])
                last++;
            for (var i = first; i <= last; i++)
                ranks[order[i]] = first + last + 2;
            first = last + 1;
        }
        return ranks;
    }

    // Of all ways to choose so many of the ranks, the part whose sum is as far from the middle.
    static double Exact(int[] ranks, int chosen, int sum)
    {
        var total = ranks.Sum();
        var ways = new double[chosen + 1, total + 1];
        ways[0, 0] = 1;
        for (var i = 0; i < ranks.Length; i++)
        {
            for (var count = Math.Min(i + 1, chosen); count > 0; count--)
            {
                for (var s = total; s >= ranks[i]; s--)
                    ways[count, s] += ways[count - 1, s - ranks[i]];
            }
        }
        var middle = (double)total * chosen / ranks.Length;
        var (all, far) = (0.0, 0.0);
        for (var s = 0; s <= total; s++)
        {
            all += ways[chosen, s];
            if (Math.Abs(s - middle) >= Math.Abs(sum - middle) - 1e-9)
                far += ways[chosen, s];
        }
        return far / all;
    }

    static double Normal(int[] ranks, int chosen, int sum)
    {
        double n = ranks.Length, m = chosen;
        var ties = ranks.GroupBy(rank => rank).Sum(tie => Math.Pow(tie.Count(), 3) - tie.Count());
        var variance = m * (n - m) / 12 * (n + 1 - ties / (n * (n - 1)));
        if (variance <= 0)
            return 1;
        var distance = Math.Abs(sum / 2.0 - m * (n + 1) / 2) - 0.5;
        return Math.Min(1, 2 * UpperTail(Math.Max(0, distance) / Math.Sqrt(variance)));
    }

    // Abramowitz and Stegun, 26.2.17: right to 7.5e-8.
    static double UpperTail(double z)
    {
        var t = 1 / (1 + 0.2316419 * z);
        var series = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * series;
    }
}
