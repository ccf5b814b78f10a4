using System.Globalization;
using System.Text;
using CsCheck;
using Duplex.Messaging.Maps;

namespace Duplex.Messaging.Tests.Maps;

/// <summary>Clients that load, follow, lose and recover a map in any interleaving with its changes, against a dictionary.</summary>
public sealed class MapRacePropertyTests
{
    private const int Clients = 2;
    private const int Keys = 8;

    private enum Step
    {
        Put,
        Burst,
        Remove,
        Pass,
        Clear,
        Subscribe,
        Unsubscribe,
        Reconnect,
        Read,
        RunOne,
        RunAll,
    }

    [Theory]
    [InlineData(MapMode.Ephemeral, false, 1_000_000)]
    [InlineData(MapMode.Recoverable, false, 1_000_000)]
    [InlineData(MapMode.Recoverable, true, 1_000_000)]
    [InlineData(MapMode.Recoverable, false, 150)]
    [InlineData(MapMode.Persistent, true, 1_000_000)]
    [InlineData(MapMode.Persistent, true, 100)]
    public void Every_client_that_is_live_in_the_end_has_the_map(MapMode mode, bool isOrdered, int maxQueuedBytes)
    {
        var step = Gen.Frequency(
            (8, Gen.Const(Step.Put)),
            (1, Gen.Const(Step.Burst)),
            (4, Gen.Const(Step.Remove)),
            (2, Gen.Const(Step.Pass)),
            (1, Gen.Const(Step.Clear)),
            (6, Gen.Const(Step.Subscribe)),
            (1, Gen.Const(Step.Unsubscribe)),
            (2, Gen.Const(Step.Reconnect)),
            (8, Gen.Const(Step.Read)),
            (8, Gen.Const(Step.RunOne)),
            (3, Gen.Const(Step.RunAll)));
        Gen.Select(step, Gen.Int[0, Keys - 1], Gen.Int[0, Clients - 1]).Array[0, 100]
            .Sample(steps => Play(mode, isOrdered, maxQueuedBytes, steps), iter: 500);
    }

    private static void Play(MapMode mode, bool isOrdered, int maxQueuedBytes, (Step Step, int Key, int Client)[] steps)
    {
        using var hub = MapHub.Create(mode, ns =>
        {
            // Small pages and streams, so that there are several pages and positions get lost.
            ns.Map.MinPageSize = ns.Map.DefaultPageSize = ns.Map.MaxPageSize = 2;
            ns.Map.StreamSize = 6;
            ns.Map.Ordered = isOrdered;
            ns.Map.CatchUpTimeout = TimeSpan.FromHours(1);
            ns.Map.StreamTtl = TimeSpan.FromHours(1);
        },
        options => options.MaxQueuedBytes = maxQueuedBytes);
        var clients = Enumerable.Range(0, Clients).Select(_ => new MapMirrorClient(hub)).ToArray();
        var value = 0;
        foreach (var (step, key, index) in steps)
        {
            var client = clients[index];
            switch (step)
            {
                case Step.Put:
                    Put(key);
                    break;
                case Step.Burst:
                    for (var i = 0; i < Keys; i++) Put(i);
                    break;
                case Step.Remove:
                    hub.Remove($"k{key}");
                    break;
                case Step.Pass:
                    hub.Time.Advance(TimeSpan.FromSeconds(20));
                    break;
                case Step.Clear:
                    hub.Clear();
                    break;
                case Step.Subscribe:
                    client.Subscribe();
                    break;
                case Step.Unsubscribe:
                    client.Unsubscribe();
                    break;
                case Step.Reconnect:
                    client.Reconnect();
                    break;
                case Step.Read:
                    client.Read();
                    break;
                case Step.RunOne:
                    hub.Shard.RunOne();
                    break;
                default:
                    hub.Shard.RunAll();
                    break;
            }
        }

        // A refused client comes again, page after page, until it is live.
        for (var i = 0; i < 3 * Keys; i++)
        {
            foreach (var client in clients)
            {
                client.Subscribe();
                hub.Shard.RunAll();
                client.Read();
            }
        }

        var entries = hub.Server.Maps.ReadStateAsync(MapHub.Channel, default).AsTask().Result.Entries;
        var expected = entries.OrderBy(static entry => entry.Key, StringComparer.Ordinal)
            .Select(static entry => KeyValuePair.Create(entry.Key!, Encoding.UTF8.GetString(entry.Data.Span)));
        foreach (var client in clients) Assert.Equal(expected, client.Map);
        foreach (var client in clients) client.Reconnect();
        hub.Shard.RunAll();
        Assert.Equal(1, hub.Framing.Alive);
        Assert.Empty(hub.Server.Channels.List());

        void Put(int key) => hub.Put(
            $"k{key}", (++value).ToString(CultureInfo.InvariantCulture), new MapPublishOptions { Score = value * 7 % 5 });
    }
}
