using System.Globalization;
using System.Text;
using System.Text.Json;
using Duplex.AspNetCore.Streams;
using Duplex.Centrifuge.Codecs;
using Duplex.Centrifuge.Json;
using Duplex.Centrifuge.Session;
using Duplex.Execution;
using Duplex.Messaging;
using Duplex.Messaging.Application;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Transports;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duplex.AspNetCore.Tests.Hub;

/// <summary>Publishers and shards on real threads, connections cut at random: each subscriber ends with each publication once, in order, or was told.</summary>
public sealed class RecoveryUnderFireTests
{
    private const int Subscribers = 200;
    private const int Publications = 20_000;
    private const int Publishers = 2;
    private const int PublicationsAhead = 50;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Subscribers_that_are_cut_while_publications_flow_miss_none_without_being_told()
    {
        var options = new HubOptions { AllowAnonymous = true, PingInterval = null };
        options.Namespaces["news"] = new NamespaceOptions
        {
            AllowSubscribe = true,
            AllowSubscribeForAnonymous = true,
            HistorySize = Publications,
            HistoryTtl = TimeSpan.FromHours(1),
            Recovery = true,
        };
        using var broker = new MemoryBroker(TimeProvider.System);
        var hub = new Messaging.Hub(
            options, new ApplicationModel(), broker, new MemoryPresenceStore(TimeProvider.System), TimeProvider.System, NullLogger<Messaging.Hub>.Instance);
        using var shards = new ThreadPoolShards(TimeProvider.System, NullLoggerFactory.Instance, 3);
        var wire = new DialectWire(new JsonCodec(PushEnvelope.Reply), new PlainFraming());
        var subscribers = Enumerable.Range(0, Subscribers).Select(seed => new Subscriber(hub, wire, shards.Next(), seed)).ToArray();
        foreach (var subscriber in subscribers) subscriber.Start();
        await CatchUpAsync(shards);

        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Publications / Publishers; i++)
            {
                await hub.PublishAsync("news:a", "1"u8.ToArray(), cancellationToken: TestContext.Current.CancellationToken);
                if (i % PublicationsAhead == 0) await CatchUpAsync(shards);
            }
        })));

        await Task.WhenAll(subscribers.Select(static subscriber => subscriber.Done)).WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.True(subscribers.Sum(static subscriber => subscriber.Cuts) > Subscribers);
        Assert.True(subscribers.Sum(static subscriber => subscriber.Recovered) > 0);
    }

    // Publishers in one process outrun everything: they wait now and then until the shards have done what was posted.
    private static Task CatchUpAsync(ThreadPoolShards shards) => Task.WhenAll(shards.All.Select(static shard =>
    {
        var passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        shard.Post(passed.SetResult);
        return passed.Task;
    }));

    private sealed class Subscriber(Messaging.Hub hub, DialectWire wire, Shard shard, int seed) : IClientTransport
    {
        private const int MeanPublicationsBetweenCuts = 2000;

        private readonly Random _random = new(seed);
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private DialectSession? _session;
        private string? _epoch;
        private ulong _offset;
        private bool _isCutDue;

        public string Name => "test";

        public long QueuedBytes => 0;

        public bool IsWritable => true;

        public Task Done => _done.Task;

        public int Cuts { get; private set; }

        public int Recovered { get; private set; }

        public void Start() => shard.Post(Open);

        public void Send(SharedFrame frame)
        {
            if (_session is null && _epoch is not null) return;
            try
            {
                Read(((ByteFrame)frame).Bytes);
            }
            catch (Exception exception)
            {
                _done.TrySetException(exception);
            }

            if (_offset == Publications) _done.TrySetResult();
            else if (!_isCutDue && _random.Next(MeanPublicationsBetweenCuts) == 0)
            {
                _isCutDue = true;
                shard.Post(Cut);
            }
        }

        public void Close(Disconnect disconnect)
        {
        }

        public void Abort()
        {
        }

        private void Open()
        {
            _isCutDue = false;
            _session = new DialectSession(hub, shard, this, wire, ClientFeatures.Default, SessionOptions.Default);
            var recover = _epoch is null ? "" : string.Create(CultureInfo.InvariantCulture, $",\"recover\":true,\"offset\":{_offset},\"epoch\":\"{_epoch}\"");
            _session.OnMessage(Encoding.UTF8.GetBytes(
                "{\"id\":1,\"connect\":{}}\n{\"id\":2,\"subscribe\":{\"channel\":\"news:a\"" + recover + "}}"));
        }

        private void Cut()
        {
            Cuts++;
            _session!.OnClosed();
            _session = null;
            shard.Schedule(new Return(this), TimeSpan.FromMilliseconds(_random.Next(30)));
        }

        private void Read(ReadOnlySpan<byte> frame)
        {
            var json = new Utf8JsonReader(frame);
            using var document = JsonDocument.ParseValue(ref json);
            var root = document.RootElement;
            if (root.TryGetProperty("push", out var push)) Take(push.GetProperty("pub"));
            else if (root.TryGetProperty("subscribe", out var reply)) TakeReply(reply);
            else Assert.True(root.TryGetProperty("connect", out _), root.ToString());
        }

        private void TakeReply(JsonElement reply)
        {
            var offset = reply.TryGetProperty("offset", out var value) ? value.GetUInt64() : 0;
            var isRecovered = reply.TryGetProperty("recovered", out var recovered) && recovered.GetBoolean();
            if (isRecovered)
            {
                Assert.Equal(_offset, offset);
                Recovered++;
            }

            (_offset, _epoch) = (offset, reply.GetProperty("epoch").GetString());
            if (!reply.TryGetProperty("publications", out var publications)) return;
            foreach (var publication in publications.EnumerateArray()) Take(publication);
        }

        private void Take(JsonElement publication)
        {
            var offset = publication.GetProperty("offset").GetUInt64();
            Assert.Equal(_offset + 1, offset);
            _offset = offset;
        }

        private sealed class Return(Subscriber subscriber) : ShardTimer
        {
            protected override void OnDue() => subscriber.Open();
        }
    }
}
