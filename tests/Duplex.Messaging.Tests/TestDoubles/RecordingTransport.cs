using Duplex.Execution;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Transports;

namespace Duplex.Messaging.Tests.TestDoubles;

/// <summary>A transport that keeps what it was given, and stalls when the test says so.</summary>
internal sealed class RecordingTransport : IClientTransport
{
    private readonly List<string> _sent = [];

    public string Name => "test";

    public long QueuedBytes => 0;

    public bool IsWritable { get; set; } = true;

    public bool IsCaughtUp { get; set; } = true;

    public Disconnect? Closed { get; private set; }

    /// <summary>What closing throws; null: nothing.</summary>
    public Exception? ClosingFault { get; set; }

    /// <summary>What sending throws; null: nothing.</summary>
    public Exception? SendingFault { get; set; }

    public bool IsAborted { get; private set; }

    public void Send(SharedFrame frame)
    {
        if (SendingFault is { } fault) throw fault;
        if (Closed is null) _sent.Add(((CountingFraming.TextFrame)frame).Text);
    }

    public void Close(Disconnect disconnect)
    {
        if (ClosingFault is { } fault) throw fault;
        Closed ??= disconnect;
    }

    public void Abort() => IsAborted = true;

    /// <summary>What was sent since the last call.</summary>
    public string[] Take()
    {
        string[] taken = [.. _sent];
        _sent.Clear();
        return taken;
    }
}
