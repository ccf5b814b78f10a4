using System.Globalization;
using System.Text.Json;
using CsCheck;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Recovery;

/// <summary>Any interleaving of publishing, cutting, returning and slow shards leaves each subscriber with each publication once, in order, or told.</summary>
public sealed class RecoveryPropertyTests
{
    private enum Step
    {
        Publish,
        RunOne,
        RunAll,
        Cut,
        Return,
        RemoveHistory,
    }

    [Theory]
    [InlineData(1000, 300)]
    [InlineData(3, 300)]
    [InlineData(1000, 2)]
    public void Subscriber_gets_each_publication_once_in_order_or_is_told(int historySize, int recoveryLimit)
    {
        var steps = Gen.Frequency(
            (8, Gen.Const(Step.Publish)),
            (6, Gen.Const(Step.RunOne)),
            (2, Gen.Const(Step.RunAll)),
            (2, Gen.Const(Step.Cut)),
            (3, Gen.Const(Step.Return)));
        steps.Array[0, 60].Sample(steps => Play(steps, historySize, recoveryLimit), iter: 1000);
    }

    [Fact]
    public void Subscriber_is_told_when_the_stream_starts_over()
    {
        var steps = Gen.Frequency(
            (8, Gen.Const(Step.Publish)),
            (6, Gen.Const(Step.RunOne)),
            (1, Gen.Const(Step.RemoveHistory)),
            (2, Gen.Const(Step.Cut)),
            (3, Gen.Const(Step.Return)));
        steps.Array[0, 60].Sample(static steps => Play(steps, 1000, 300), iter: 1000);
    }

    private static void Play(Step[] steps, int historySize, int recoveryLimit)
    {
        using var hub = new TestHub(
            options =>
            {
                options.MaxRecoveryPublications = recoveryLimit;
                options.PingInterval = null;
            },
            ns =>
            {
                ns.HistorySize = historySize;
                ns.HistoryTtl = TimeSpan.FromHours(1);
                ns.Recovery = true;
            });
        var published = 0;
        var subscriber = new Subscriber(hub);
        foreach (var step in steps)
        {
            switch (step)
            {
                case Step.Publish:
                    published++;
                    hub.PublishWithoutRunning("news:a", published.ToString(CultureInfo.InvariantCulture));
                    break;
                case Step.RunOne:
                    hub.Shard.RunOne();
                    break;
                case Step.RunAll:
                    hub.Shard.RunAll();
                    break;
                case Step.Cut:
                    subscriber.Cut();
                    break;
                case Step.Return:
                    subscriber.Return();
                    break;
                default:
                    hub.Broker.RemoveHistoryAsync("news:a").AsTask().Wait(TestContext.Current.CancellationToken);
                    break;
            }
        }

        hub.Shard.RunAll();
        subscriber.Cut();
        subscriber.Return();
        hub.Shard.RunAll();
        subscriber.Check(published);
        subscriber.Cut();
        hub.Shard.RunAll();
        Assert.Equal(1, hub.Framing.Alive);
    }

    /// <summary>What an SDK does: keeps its position, and asks from there when it returns.</summary>
    private sealed class Subscriber(TestHub hub)
    {
        private readonly List<int> _seen = [];
        private TestClient? _client;
        private ulong _offset;
        private string? _epoch;
        private bool _isConnected;

        public void Cut()
        {
            if (_client is null) return;
            Read();
            var gone = _client;
            _client = null;
            gone.CutWithoutRunning();
        }

        public void Return()
        {
            if (_client is not null) return;
            _client = hub.Open();
            var position = _epoch is null ? "" : $",\"recover\":true,\"offset\":{_offset},\"epoch\":\"{_epoch}\"";
            _client.Send("{\"id\":1,\"connect\":{}}\n{\"id\":2,\"subscribe\":{\"channel\":\"news:a\"" + position + "}}");
        }

        public void Check(int published)
        {
            Read();
            Assert.True(_isConnected);
            if (_seen.Count > 0) Assert.Equal(published, _seen[^1]);
        }

        private void Read()
        {
            foreach (var frame in _client!.Transport.Take())
            {
                using var json = JsonDocument.Parse(frame);
                var root = json.RootElement;
                if (root.TryGetProperty("subscribe", out var reply)) ReadReply(reply);
                else if (root.TryGetProperty("push", out var push) && push.TryGetProperty("pub", out var publication)) ReadPublication(publication);
            }
        }

        private void ReadReply(JsonElement reply)
        {
            var offset = reply.TryGetProperty("offset", out var value) ? value.GetUInt64() : 0;
            var epoch = reply.GetProperty("epoch").GetString();
            var isRecovered = reply.TryGetProperty("recovered", out var recovered) && recovered.GetBoolean();
            if (isRecovered)
            {
                Assert.Equal(_offset, offset);
                Assert.Equal(_epoch, epoch);
            }
            else
            {
                // Told that something is missing: starts over from the top.
                _seen.Clear();
            }

            (_offset, _epoch, _isConnected) = (offset, epoch, true);
            if (!reply.TryGetProperty("publications", out var publications)) return;
            foreach (var publication in publications.EnumerateArray()) ReadPublication(publication);
        }

        private void ReadPublication(JsonElement publication)
        {
            var offset = publication.GetProperty("offset").GetUInt64();
            Assert.Equal(_offset + 1, offset);
            var number = publication.GetProperty("data").GetInt32();
            if (_seen.Count > 0) Assert.Equal(_seen[^1] + 1, number);
            _seen.Add(number);
            _offset = offset;
        }
    }
}
