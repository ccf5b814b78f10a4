using Duplex.Execution;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Subscriptions;
using Duplex.Messaging.Transports;

namespace Duplex.Messaging.Outbound;

/// <summary>
/// Sends frames to one client: through its transport while that accepts them, otherwise through a queue. A client whose queue
/// is full, or whose transport fails, is ended. Called on the client's shard.
/// </summary>
internal sealed class ClientSender
{
    private readonly Client _client;
    private readonly IClientTransport _transport;
    private OutboundQueue? _queue;
    private int _reservedBytes;

    internal ClientSender(Client client, IClientTransport transport)
    {
        _client = client;
        _transport = transport;
    }

    /// <summary>Whether the transport accepts frames, so that a large reply to the next command is not queued.</summary>
    public bool IsWritable => _transport.IsWritable;

    /// <summary>The name of the transport.</summary>
    internal string Transport => _transport.Name;

    /// <summary>The number of bytes that replies may still use, besides those that are reserved.</summary>
    internal long ReplyRoom =>
        Math.Max(0, _client.Environment.Options.MaxQueuedBytes - (_queue?.ControlBytes ?? 0) - _transport.QueuedBytes - _reservedBytes);

    private OutboundQueue Queue => _queue ??= new OutboundQueue(_client.Environment.Options.MaxQueuedBytes, _client.Environment.Metrics);

    /// <summary>Sends a reply or another frame that no channel's policy may drop. The caller keeps its reference.</summary>
    public void SendControl(SharedFrame frame)
    {
        if (_client.Phase == ClientPhase.Closed) return;
        if (_queue is null && _transport.IsWritable) Transmit(frame);
        else if (!Queue.AddControl(frame)) _client.End(Disconnects.Slow);
    }

    /// <summary>Sends the queued frames while the transport accepts them. Called when it does so again.</summary>
    public void Drain()
    {
        if (_queue is null || _client.Phase == ClientPhase.Closed) return;
        try
        {
            if (_queue.Drain(_transport)) _queue = null;
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>Sends a control frame and releases the caller's reference.</summary>
    internal void SendOwned(SharedFrame frame)
    {
        SendControl(frame);
        frame.Release();
    }

    /// <summary>Sends a publication, which its channel's policy for slow consumers may drop.</summary>
    internal void SendPublication(Subscription subscription, string? key, SharedFrame frame)
    {
        if (_client.Phase == ClientPhase.Closed) return;
        if (_queue is not null || !_transport.IsWritable || (!_transport.IsCaughtUp && subscription.HubChannel.Namespace.MaySkip))
        {
            if (!Queue.AddPublication(subscription, key, frame)) _client.End(Disconnects.Slow);
            return;
        }

        // The body of Transmit, inlined to save a call for each delivery.
        try
        {
            _transport.Send(frame);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>Sends a join or leave, which may be dropped for a slow client.</summary>
    internal void SendMembership(HubChannel channel, SharedFrame frame)
    {
        if (_client.Phase == ClientPhase.Closed) return;
        if (_queue is null && _transport.IsWritable) Transmit(frame);
        else Queue.AddMembership(channel, frame);
    }

    /// <summary>Sends the recovered publications of a subscription as pushes, when no reply carries them.</summary>
    internal void SendRecovered(SubscribeResult result)
    {
        foreach (var publication in result.Publications)
        {
            if (_client.Wire.EncodePublication(result.Channel, 0, publication, null, PublicationForm.Plain) is { } frame) SendOwned(frame);
        }
    }

    /// <summary>Reserves bytes for the reply of a subscription, in place of those it had; 0 releases them.</summary>
    internal void Reserve(Subscription subscription, long bytes)
    {
        _reservedBytes += (int)bytes - subscription.ReplyBytes;
        subscription.ReplyBytes = (int)bytes;
    }

    /// <summary>Sends the queued frames and closes the transport, or drops the connection when that fails.</summary>
    internal void Close(Disconnect disconnect)
    {
        try
        {
            SendLast(disconnect);
            _transport.Close(disconnect);
        }
        catch (Exception exception)
        {
            _client.Environment.Reports.CloseFailed(exception, _client);
            Abort();
        }
    }

    private void SendLast(Disconnect disconnect)
    {
        // A client that has left or is too slow receives nothing more; any other client receives the queued frames before the close.
        var queue = _queue;
        _queue = null;
        if (disconnect.Code == Disconnects.ConnectionClosed.Code || disconnect.Code == Disconnects.Slow.Code) queue?.Clear();
        else queue?.DrainAll(_transport);
        if (!_client.Wire.AnnouncesDisconnect || disconnect.Code == Disconnects.ConnectionClosed.Code) return;
        var push = _client.Wire.EncodeDisconnect(disconnect);
        try
        {
            _transport.Send(push);
        }
        finally
        {
            push.Release();
        }
    }

    private void Abort()
    {
        try
        {
            _transport.Abort();
        }
        catch (Exception exception)
        {
            _client.Environment.Reports.CloseFailed(exception, _client);
        }
    }

    private void Transmit(SharedFrame frame)
    {
        try
        {
            _transport.Send(frame);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    // A transport that cannot send has lost its peer; the other subscribers of the channel are not affected.
    private void Fail(Exception exception)
    {
        _client.Environment.Reports.CloseFailed(exception, _client);
        _client.End(Disconnects.WriteError with { IsReported = true });
    }
}
