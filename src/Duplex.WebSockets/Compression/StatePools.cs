using System.Collections.Concurrent;

namespace Duplex.WebSockets.Compression;

/// <summary>Provides the pools of the process: one for inflating, and one per distinct settings for compressing.</summary>
internal static class StatePools
{
    private static readonly ConcurrentDictionary<DeflateSettings, StatePool<DeflateState>> Deflating = new();

    public static StatePool<InflateState> Inflate { get; } = new(static () => new InflateState());

    public static StatePool<DeflateState> Deflate(DeflateSettings settings) =>
        Deflating.GetOrAdd(settings, static s => new StatePool<DeflateState>(() => new DeflateState(s)));
}
