using Duplex.Centrifuge.Codecs;
using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Sharding;
using Duplex.Messaging.Transports;

namespace Duplex.Centrifuge.Session;

/// <summary>
/// Reads a client's commands and answers them, in order and one at a time: SDKs send connect and their subscribes in
/// one frame. Belongs to the client's shard.
/// </summary>
public sealed class DialectSession
{
    private readonly CommandDispatcher _dispatcher;
    private readonly int _maxPendingBytes;

    // The rest of the frame whose command is being worked on, and the frames that arrived meanwhile.
    private byte[]? _rest;
    private Queue<byte[]>? _pending;
    private int _pendingBytes;
    private bool _isBusy;

    /// <summary>Starts the session of a transport that just opened. On the shard.</summary>
    public DialectSession(
        Hub hub, Shard shard, IClientTransport transport, DialectWire wire, ClientFeatures features, SessionOptions options)
    {
        _maxPendingBytes = hub.Options.MaxPendingCommandBytes;
        Client = new Client(hub, shard, transport, wire, features);
        _dispatcher = new CommandDispatcher(Client, wire, features, options);
    }

    /// <summary>The session's client.</summary>
    public Client Client { get; }

    /// <summary>A frame of one or more commands arrived.</summary>
    public void OnMessage(ReadOnlySpan<byte> frame)
    {
        if (Client.Phase == ClientPhase.Closed) return;
        if (_isBusy) Keep(frame);
        else if (frame.IsEmpty) Client.Reject("a frame without a command", 0);
        else Process(frame);
    }

    /// <summary>The connect request of a one-way transport arrived: the only thing its client ever says.</summary>
    public void OnConnect(ReadOnlySpan<byte> message)
    {
        if (_dispatcher.Codec.TryReadConnect(message, out var request, out var fault)) _ = ContinueAsync(_dispatcher.ConnectOneWayAsync(request));
        else Client.Reject(fault.Reason, fault.Offset);
    }

    /// <summary>The transport takes frames again.</summary>
    public void OnWritable() => Client.OnWritable();

    /// <summary>The transport has ended.</summary>
    public void OnClosed()
    {
        _pending = null;
        Client.OnClosed();
    }

    private void Process(ReadOnlySpan<byte> frame)
    {
        var isFirst = true;
        while (Client.Phase != ClientPhase.Closed)
        {
            switch (_dispatcher.Codec.ReadCommand(ref frame, out var command, out var fault))
            {
                case CommandStatus.End:
                    if (isFirst) Client.Reject("a frame without a command", 0);
                    return;
                case CommandStatus.Fault:
                    Client.Reject(fault.Reason, fault.Offset);
                    return;
                default:
                    isFirst = false;
                    var work = _dispatcher.ExecuteAsync(command);
                    if (work.IsCompletedSuccessfully) break;
                    _isBusy = true;
                    if (!frame.IsEmpty) _rest = frame.ToArray();
                    _ = ContinueAsync(work);
                    return;
            }
        }
    }

    private async Task ContinueAsync(ValueTask work)
    {
        try
        {
            await work.OnShard(Client.Shard);
        }
        catch (Exception exception)
        {
            Client.Fail(exception);
        }

        _isBusy = false;
        while (!_isBusy && Next() is { } frame) Process(frame);
    }

    private byte[]? Next()
    {
        if (_rest is { } rest)
        {
            _rest = null;
            return rest;
        }

        if (_pending is null || !_pending.TryDequeue(out var frame)) return null;
        _pendingBytes -= frame.Length;
        if (_pending.Count == 0) _pending = null;
        return frame;
    }

    private void Keep(ReadOnlySpan<byte> frame)
    {
        _pendingBytes += frame.Length;
        if (_pendingBytes > _maxPendingBytes)
        {
            Client.Disconnect(Disconnects.TooManyRequests);
            return;
        }

        (_pending ??= new Queue<byte[]>()).Enqueue(frame.ToArray());
    }
}
