using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Duplex.WebSockets.Tests.Compression;

/// <summary>Every window with a fast, a middle and a thorough level, with and without context takeover.</summary>
internal sealed class CombinatorialWindowsAttribute : DataAttribute
{
    private static readonly int[] Levels = [1, 2, 4, 6, 9];
    private static readonly bool[] Both = [false, true];

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new((from bits in Enumerable.Range(8, 8)
             from level in Levels
             from keepsContext in Both
             select new TheoryDataRow<int, int, bool>(bits, level, keepsContext)).ToArray());

    public override bool SupportsDiscoveryEnumeration() => true;
}
