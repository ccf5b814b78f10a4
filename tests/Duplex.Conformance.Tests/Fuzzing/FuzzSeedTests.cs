using Duplex.Fuzz.Running;
using Duplex.Fuzz.Targets;

namespace Duplex.Conformance.Tests.Fuzzing;

/// <summary>The seeds of every fuzz target, and a few thousand inputs made from them. The long runs: fuzz/README.md.</summary>
public sealed class FuzzSeedTests
{
    private static string Root => Path.Combine(Repository.Root, "fuzz");

    public static TheoryData<string> Targets() => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Seeds_are_no_findings(string name)
    {
        var target = Find(name);
        var seeds = Driver.SeedsOf(target, Root);
        Assert.NotEmpty(seeds);
        foreach (var seed in seeds) target.Run(seed);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Two_thousand_mutated_inputs_are_no_findings(string name)
    {
        var target = Find(name);
        var seeds = Driver.SeedsOf(target, Root);
        var random = new Random(1);
        for (var i = 0; i < 2000; i++) target.Run(target.Mutator.Next(random, seeds));
    }

    private static IFuzzTarget Find(string name) => FuzzTargets.All.Single(target => target.Name == name);
}
