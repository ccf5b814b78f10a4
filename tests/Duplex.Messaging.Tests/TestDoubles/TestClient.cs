using System.Text;
using Duplex.Centrifuge.Session;
using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Tests.TestDoubles;

/// <summary>A peer of the hub that speaks the dialect literally.</summary>
internal sealed class TestClient
{
    private readonly TestHub _hub;
    private readonly DialectSession _session;

    public TestClient(TestHub hub, ClientFeatures? features = null)
    {
        _hub = hub;
        DialectSession? session = null;
        hub.Shard.Do(() => session = new DialectSession(
            hub.Hub, hub.Shard, Transport, hub.Wire, features ?? ClientFeatures.Default, SessionOptions.Default));
        _session = session!;
    }

    public RecordingTransport Transport { get; } = new();

    public string Id => _session.Client.Id;

    public Client Client => _session.Client;

    public ushort? CloseCode => Transport.Closed?.Code;

    /// <summary>Sends a frame, lets the hub work until it rests, and returns what came back.</summary>
    public string[] Say(string frame)
    {
        Send(frame);
        _hub.Shard.RunAll();
        return Transport.Take();
    }

    public void Send(string frame) => _hub.Shard.Do(() => _session.OnMessage(Encoding.UTF8.GetBytes(frame)));

    public string[] Received()
    {
        _hub.Shard.RunAll();
        return Transport.Take();
    }

    public void Drain()
    {
        Transport.IsWritable = true;
        _hub.Shard.Do(_session.OnWritable);
    }

    /// <summary>Loses the connection; what the hub has still to do about it waits.</summary>
    public void CutWithoutRunning() => _hub.Shard.Do(_session.OnClosed);

    public void Cut()
    {
        CutWithoutRunning();
        _hub.Shard.RunAll();
    }
}
