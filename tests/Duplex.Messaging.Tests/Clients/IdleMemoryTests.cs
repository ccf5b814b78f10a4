using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Clients;

[Collection(nameof(MeasuredAlone))]
public sealed class IdleMemoryTests
{
    private const int Clients = 2000;
    private const int MaxBytesPerClient = 2048;

    [Fact]
    public void Idle_client_with_one_subscription_costs_less_than_2_KiB()
    {
        using var hub = new TestHub(static options => options.PingInterval = TimeSpan.FromHours(1));
        var clients = new TestClient[Clients];
        Fill(hub, clients);
        Array.Clear(clients);
        hub.Hub.Shutdown();
        hub.Shard.RunAll();

        // What tests before this one left goes now, not in between.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        Fill(hub, clients);

        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Clients;
        TestContext.Current.TestOutputHelper?.WriteLine($"{each} bytes per client");
        Assert.InRange(each, 100, MaxBytesPerClient);
        GC.KeepAlive(clients);
    }

    private static void Fill(TestHub hub, TestClient[] clients)
    {
        for (var i = 0; i < clients.Length; i++)
        {
            clients[i] = hub.Connect();
            clients[i].Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        }
    }
}
