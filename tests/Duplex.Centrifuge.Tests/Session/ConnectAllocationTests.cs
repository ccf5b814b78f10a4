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
using Duplex.Messaging.Outbound;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Transports;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duplex.Centrifuge.Tests.Session;

/// <summary>
/// What the hub allocates for a client that connects and subscribes, kept or not: until the collector runs, a server
/// that takes many clients at once has all of it in memory.
/// </summary>
[Collection(nameof(MeasuredAlone))]
public sealed class ConnectAllocationTests : IDisposable
{
    private const int Clients = 1000;

    private readonly MemoryBroker _broker = new(TimeProvider.System);
    private readonly Hub _hub;
    private readonly DialectWire _wire = new(new JsonCodec(PushEnvelope.Reply), new SharedFraming());
    private readonly IdleShard _shard = new();

    public ConnectAllocationTests()
    {
        var options = new HubOptions { AllowAnonymous = true };
        options.Namespaces["news"] = new NamespaceOptions
        {
            AllowSubscribe = true,
            AllowSubscribeForAnonymous = true,
            HistorySize = 100,
            HistoryTtl = TimeSpan.FromMinutes(1),
            Recovery = true,
        };
        _hub = new Hub(
            options, new ApplicationModel(), _broker, new MemoryPresenceStore(TimeProvider.System), TimeProvider.System, NullLogger<Hub>.Instance);
    }

    [Fact]
    public void Client_that_connects_and_subscribes_allocates_less_than_1500_bytes_in_the_hub()
    {
        var sessions = new DialectSession[Clients];
        Fill(sessions);
        foreach (var session in sessions) session.OnClosed();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Fill(sessions);
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Clients;

        TestContext.Current.TestOutputHelper?.WriteLine($"{each} bytes per client");
        Assert.InRange(each, 100, 1500);
    }

    public void Dispose() => _broker.Dispose();

    private void Fill(DialectSession[] sessions) => _shard.Do(() =>
    {
        var transport = new DeafTransport();
        for (var i = 0; i < sessions.Length; i++)
        {
            sessions[i] = new DialectSession(_hub, _shard, transport, _wire, ClientFeatures.Default, SessionOptions.Default);
            sessions[i].OnMessage("""{"id":1,"connect":{}}"""u8);
            sessions[i].OnMessage("""{"id":2,"subscribe":{"channel":"news:a"}}"""u8);
        }

        Assert.Equal(2 * sessions.Length, transport.Sent);
    });

    /// <summary>Timers that never are due cost nothing, as those of a wheel.</summary>
    private sealed class IdleShard : TestShard
    {
        public override void Schedule(ShardTimer timer, TimeSpan due)
        {
        }

        public override void Cancel(ShardTimer timer)
        {
        }
    }

    private sealed class DeafTransport : IClientTransport
    {
        public int Sent { get; private set; }

        public string Name => "deaf";

        public long QueuedBytes => 0;

        public bool IsWritable => true;

        public void Send(SharedFrame frame) => Sent++;

        public void Close(Disconnect disconnect)
        {
        }

        public void Abort()
        {
        }
    }

    /// <summary>What a transport makes of a message is its own to measure: here it is always the same frame.</summary>
    private sealed class SharedFraming : Framing
    {
        private readonly SameFrame _frame = new();

        public override SharedFrame Frame(ReadOnlySpan<byte> message)
        {
            _frame.Retain();
            return _frame;
        }

        private sealed class SameFrame : SharedFrame
        {
            public override int Length => 100;

            protected override void Free() => throw new InvalidOperationException("The first reference is kept.");
        }
    }
}
