using Duplex.Messaging.Outbound;
using Duplex.Messaging.Transports;

namespace Duplex.Centrifuge.Tests.Session.Doubles;

/// <summary>A transport that keeps what it was given, and stalls when the test says so.</summary>
internal sealed class RecordingTransport : IClientTransport
{
    private readonly List<string> _sent = [];

    public string Name => "test";

    public long QueuedBytes => 0;

    public bool IsWritable { get; set; } = true;

    public Disconnect? Closed { get; private set; }

    public void Send(OutboundFrame frame)
    {
        if (Closed is null) _sent.Add(((CountingFraming.TextFrame)frame).Text);
    }

    public void Close(Disconnect disconnect) => Closed ??= disconnect;

    /// <summary>What was sent since the last call.</summary>
    public string[] Take()
    {
        string[] taken = [.. _sent];
        _sent.Clear();
        return taken;
    }
}
