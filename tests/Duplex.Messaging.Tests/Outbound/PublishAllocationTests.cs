using Duplex.Centrifuge.Session;
using Duplex.Execution;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Tests.TestDoubles;
using Duplex.Messaging.Transports;

namespace Duplex.Messaging.Tests.Outbound;

/// <summary>A publication is one object and one frame, whichever number of shards delivers it.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class PublishAllocationTests
{
    private const int Publications = 200;

    [Fact]
    public void Publication_allocates_nothing_for_each_shard_and_subscriber()
    {
        var one = Measure(shards: 1);
        TestContext.Current.TestOutputHelper?.WriteLine($"{one / Publications} bytes per publication");
        Assert.InRange(one / Publications, 1, 1000);
        Assert.Equal(one, Measure(shards: 8));
    }

    private static long Measure(int shards)
    {
        using var hub = new TestHub();
        var transport = new CountingTransport();
        var places = Enumerable.Range(0, shards).Select(_ => Subscribe(hub, transport)).ToArray();
        Publish(hub, places);
        transport.Sent = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        Publish(hub, places);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(shards * Publications, transport.Sent);
        return allocated;
    }

    private static TestShard Subscribe(TestHub hub, CountingTransport transport)
    {
        var shard = new TestShard(hub.Time);
        shard.Do(() =>
        {
            var session = new DialectSession(hub.Hub, shard, transport, hub.Wire, ClientFeatures.Default, SessionOptions.Default);
            session.OnMessage("""{"id":1,"connect":{}}"""u8);
            session.OnMessage("""{"id":2,"subscribe":{"channel":"news:a"}}"""u8);
        });
        return shard;
    }

    private static void Publish(TestHub hub, TestShard[] shards)
    {
        for (var i = 0; i < Publications; i++) hub.PublishWithoutRunning("news:a", "{}");
        foreach (var shard in shards) shard.RunAll();
    }

    private sealed class CountingTransport : IClientTransport
    {
        public int Sent { get; set; }

        public string Name => "counting";

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
}
