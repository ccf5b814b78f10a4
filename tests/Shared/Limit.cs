using System.Runtime.CompilerServices;

namespace Tests.Shared;

/// <summary>The one limit on every wait: a test that waits in vain fails instead of hanging.</summary>
internal static class Limit
{
    private static readonly TimeSpan PerTest = TimeSpan.FromMinutes(3);
    private static readonly ConditionalWeakTable<object, CancellationTokenSource> Sources = [];

    public static CancellationToken Token => Sources.GetValue(TestContext.Current.Test!, static _ =>
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        source.CancelAfter(PerTest);
        return source;
    }).Token;
}
