using CsCheck;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Clients;

/// <summary>
/// Whatever clients, the server and the application do to each other, in whatever order, nothing is left of a client that
/// has gone: no subscription, presence, entry of a map, or timer, and whoever was let in is told of as gone.
/// </summary>
public sealed class LifeCyclePropertyTests
{
    private const int Clients = 3;

    private enum Step
    {
        Connect,
        Subscribe,
        SubscribeMap,
        SubscribePoll,
        Unsubscribe,
        SubscribeByServer,
        UnsubscribeByServer,
        RefreshByServer,
        DisconnectByServer,
        Answer,
        Refuse,
        AnswerStores,
        RunOne,
        RunAll,
        Wait,
        Cut,
    }

    [Fact]
    public void Nothing_is_left_of_clients_that_have_gone_in_any_order_of_events()
    {
        var step = Gen.Frequency(
            (4, Gen.Const(Step.Connect)),
            (3, Gen.Const(Step.Subscribe)),
            (3, Gen.Const(Step.SubscribeMap)),
            (2, Gen.Const(Step.SubscribePoll)),
            (2, Gen.Const(Step.Unsubscribe)),
            (4, Gen.Const(Step.SubscribeByServer)),
            (1, Gen.Const(Step.UnsubscribeByServer)),
            (2, Gen.Const(Step.RefreshByServer)),
            (1, Gen.Const(Step.DisconnectByServer)),
            (6, Gen.Const(Step.Answer)),
            (1, Gen.Const(Step.Refuse)),
            (4, Gen.Const(Step.AnswerStores)),
            (8, Gen.Const(Step.RunOne)),
            (2, Gen.Const(Step.RunAll)),
            (1, Gen.Const(Step.Wait)),
            (2, Gen.Const(Step.Cut)));
        Gen.Select(step, Gen.Int[0, Clients - 1]).Array[0, 80].Sample(
            static steps =>
            {
                using var play = new Play();
                play.Run(steps);
            },
            iter: 1000);
    }

    private sealed class Play : IDisposable
    {
        private readonly Queue<TaskCompletionSource<object?>> _handlers = new();
        private readonly Queue<TaskCompletionSource> _stores = new();
        private readonly TestHub _hub;
        private readonly TestClient?[] _clients = new TestClient?[Clients];
        private int _letIn;
        private int _gone;
        private int _inside;

        public Play()
        {
            _hub = new TestHub(
                static options =>
                {
                    options.StaleTimeout = TimeSpan.FromHours(1);

                    // Handlers return when the play wants it, however much time has passed.
                    options.HandlerTimeout = null;
                    options.Namespaces["map"] = new NamespaceOptions { SubscriptionType = SubscriptionType.Map, Presence = true };
                    options.Namespaces["map"].Map.KeyTtl = TimeSpan.FromMinutes(10);
                    options.Namespaces["map"].Map.RemoveClientOnUnsubscribe = true;
                    options.Namespaces["map"].AllowSubscribe = options.Namespaces["map"].AllowSubscribeForAnonymous = true;
                    options.Namespaces["who"] = new NamespaceOptions { SubscriptionType = SubscriptionType.MapClients };
                    options.Namespaces["poll"] = new NamespaceOptions { SubscriptionType = SubscriptionType.SharedPoll, AllowSubscribe = true, AllowSubscribeForAnonymous = true };
                },
                static ns =>
                {
                    ns.Presence = ns.JoinLeave = ns.ForceJoinLeave = true;
                    ns.HistorySize = 10;
                    ns.HistoryTtl = TimeSpan.FromMinutes(10);
                    ns.Recovery = true;
                    ns.MapClientsPresencePrefix = "who:";
                },
                model =>
                {
                    model.Connect = async _ =>
                    {
                        await AskAsync();
                        _letIn++;
                        return ConnectDecision.Allow() with { Subscriptions = ["news:own"] };
                    };
                    model.Disconnect = _ =>
                    {
                        _gone++;
                        return default;
                    };
                    var channels = model.AddChannel("{channel}");
                    channels.Subscribe = async _ =>
                    {
                        await AskAsync();
                        return true;
                    };
                    channels.Join = _ =>
                    {
                        _inside++;
                        return default;
                    };
                    channels.Leave = _ =>
                    {
                        _inside--;
                        return default;
                    };
                    channels.Poll = static _ => new([]);
                },
                presence: new FaultyPresenceStore(new MemoryPresenceStore(TimeProvider.System), _ => Later()),
                carrier: broker => new FaultyBroker(broker, _ => Later()));
        }

        public void Run((Step Step, int Client)[] steps)
        {
            foreach (var (step, index) in steps) Do(step, ref _clients[index]);
            foreach (var client in _clients) client?.CutWithoutRunning();
            Settle();
            LifeCycleTests.AssertNothingIsLeft(_hub);
            Assert.Equal((_letIn, 0), (_gone, _inside));
            Assert.Equal(0, _hub.Server.Channels.CountPresenceAsync("news:own").AsTask().Result.Clients);
            Assert.Equal(0, _hub.Server.Channels.CountPresenceAsync("news:a").AsTask().Result.Clients);
            Assert.Equal(0, _hub.Server.Maps.CountAsync("who:news:a").AsTask().Result);
            Assert.Equal(1, _hub.Framing.Alive);
        }

        public void Dispose() => _hub.Dispose();

        private void Do(Step step, ref TestClient? client)
        {
            switch (step)
            {
                case Step.Connect:
                    if (client is null) (client = _hub.Open()).Send("""{"id":1,"connect":{}}""");
                    break;
                case Step.Subscribe:
                    client?.Send("""{"id":2,"subscribe":{"channel":"news:a"}}""");
                    break;
                case Step.SubscribeMap:
                    client?.Send("""{"id":2,"subscribe":{"channel":"map:a","type":1,"phase":2}}""");
                    break;
                case Step.SubscribePoll:
                    client?.Send("""{"id":2,"subscribe":{"channel":"poll:a","type":4}}""");
                    break;
                case Step.Unsubscribe:
                    client?.Send("""{"id":3,"unsubscribe":{"channel":"news:a"}}""");
                    break;
                case Step.SubscribeByServer:
                    _ = _hub.Server.Clients.SubscribeAsync(ClientSelector.Anonymous, "news:a");
                    break;
                case Step.UnsubscribeByServer:
                    _ = _hub.Server.Clients.UnsubscribeFromAllAsync(ClientSelector.Anonymous);
                    break;
                case Step.RefreshByServer:
                    _ = _hub.Server.Clients.RefreshAsync(ClientSelector.Anonymous, _hub.Time.GetUtcNow().AddHours(1));
                    break;
                case Step.DisconnectByServer:
                    _ = _hub.Server.Clients.DisconnectAsync(ClientSelector.Anonymous);
                    break;
                case Step.Answer:
                    if (_handlers.TryDequeue(out var asked)) asked.SetResult(null);
                    break;
                case Step.Refuse:
                    if (_handlers.TryDequeue(out var refused)) refused.SetException(new InvalidOperationException("No."));
                    break;
                case Step.AnswerStores:
                    if (_stores.TryDequeue(out var store)) store.SetResult();
                    break;
                case Step.RunOne:
                    _hub.Shard.RunOne();
                    break;
                case Step.RunAll:
                    _hub.Shard.RunAll();
                    break;
                case Step.Wait:
                    _hub.Wait(TimeSpan.FromSeconds(30));
                    break;
                default:
                    client?.CutWithoutRunning();
                    client = null;
                    break;
            }
        }

        private void Settle()
        {
            do
            {
                while (_handlers.TryDequeue(out var handler)) handler.SetResult(null);
                while (_stores.TryDequeue(out var store)) store.SetResult();
                _hub.Shard.RunAll();
            }
            while (_handlers.Count + _stores.Count > 0);
        }

        private Task<object?> AskAsync()
        {
            var answer = new TaskCompletionSource<object?>();
            _handlers.Enqueue(answer);
            return answer.Task;
        }

        // Brokers take their time.
        private ValueTask Later()
        {
            var work = new TaskCompletionSource();
            _stores.Enqueue(work);
            return new ValueTask(work.Task);
        }
    }
}
