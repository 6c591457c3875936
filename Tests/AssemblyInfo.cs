[assembly: Parallelizable(ParallelScope.All)]
// Most of the time they wait for a program or a build, which does not keep both processors of a small machine busy.
[assembly: LevelOfParallelism(3)]
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
