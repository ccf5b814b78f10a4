using System.Globalization;
using CsCheck;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Outbound;

/// <summary>Subscribe, publish, unsubscribe and disconnect in any interleaving, against lists.</summary>
public sealed class HubRacePropertyTests
{
    private const int Clients = 3;

    private enum Step
    {
        Subscribe,
        Unsubscribe,
        Publish,
        RunOne,
        RunAll,
        Cut,
    }

    [Fact]
    public void Client_gets_what_was_published_while_it_was_subscribed_and_nothing_else()
    {
        var step = Gen.Frequency(
            (4, Gen.Const(Step.Subscribe)),
            (2, Gen.Const(Step.Unsubscribe)),
            (8, Gen.Const(Step.Publish)),
            (8, Gen.Const(Step.RunOne)),
            (2, Gen.Const(Step.RunAll)),
            (1, Gen.Const(Step.Cut)));
        Gen.Select(step, Gen.Int[0, Clients - 1]).Array[0, 80].Sample(Play, iter: 1000);
    }

    private static void Play((Step Step, int Client)[] steps)
    {
        using var hub = new TestHub(options => options.PingInterval = null, ns =>
        {
            ns.HistorySize = 1000;
            ns.HistoryTtl = TimeSpan.FromHours(1);
            ns.Recovery = ns.Presence = true;
        });
        var models = Enumerable.Range(0, Clients).Select(_ => new Model(hub.Connect())).ToArray();
        var published = 0;
        foreach (var (step, index) in steps)
        {
            var model = models[index];
            switch (step)
            {
                case Step.Subscribe:
                    model.Subscribe();
                    break;
                case Step.Unsubscribe:
                    model.Unsubscribe();
                    break;
                case Step.Publish:
                    published++;
                    foreach (var each in models) each.Published(published);
                    hub.PublishWithoutRunning("news:a", published.ToString(CultureInfo.InvariantCulture));
                    break;
                case Step.RunOne:
                    hub.Shard.RunOne();
                    break;
                case Step.RunAll:
                    hub.Shard.RunAll();
                    break;
                default:
                    model.Cut();
                    break;
            }
        }

        hub.Shard.RunAll();
        foreach (var model in models) model.Check();
        foreach (var model in models) model.Cut();
        hub.Shard.RunAll();
        Assert.Equal(1, hub.Framing.Alive);
        Assert.Empty(hub.Server.Channels.List());
    }

    /// <summary>One client, and the lists of what it may and must have got.</summary>
    private sealed class Model(TestClient client)
    {
        // One list per time of being subscribed. The last may be open; the others may lack their end, which an
        // unsubscribe overtook on its way.
        private readonly List<List<int>> _expected = [];
        private readonly List<string> _frames = [];
        private bool _isSubscribed;
        private bool _isGone;

        public void Subscribe()
        {
            if (_isSubscribed || _isGone) return;
            _isSubscribed = true;
            _expected.Add([]);
            client.Send("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        }

        public void Unsubscribe()
        {
            if (!_isSubscribed || _isGone) return;
            _isSubscribed = false;
            client.Send("""{"id":3,"unsubscribe":{"channel":"news:a"}}""");
        }

        public void Published(int number)
        {
            if (_isSubscribed && !_isGone) _expected[^1].Add(number);
        }

        public void Cut()
        {
            if (_isGone) return;
            _isGone = true;
            _isSubscribed = false;
            client.CutWithoutRunning();
        }

        public void Check()
        {
            _frames.AddRange(client.Transport.Take());
            List<List<int>> got = [];
            foreach (var frame in _frames)
            {
                if (frame.StartsWith("{\"id\":2,\"subscribe\"", StringComparison.Ordinal)) got.Add([]);
                if (Number(frame) is { } number) got[^1].Add(number);
            }

            Assert.Equal(_expected.Count, got.Count);
            for (var i = 0; i < got.Count; i++)
            {
                var isWhole = _isSubscribed && i == got.Count - 1;
                Assert.Equal(isWhole ? _expected[i] : _expected[i].Take(got[i].Count), got[i]);
            }
        }

        private static int? Number(string frame)
        {
            const string Start = "\"pub\":{\"data\":";
            var index = frame.IndexOf(Start, StringComparison.Ordinal);
            if (index < 0) return null;
            var rest = frame[(index + Start.Length)..];
            return int.Parse(rest[..rest.IndexOfAny([',', '}'])], CultureInfo.InvariantCulture);
        }
    }
}
