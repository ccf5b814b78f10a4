using System.Diagnostics;
using System.Net;
using System.Security.Claims;
using Duplex.Execution;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Outbound;
using Duplex.Messaging.Reporting;
using Duplex.Messaging.Subscriptions;
using Duplex.Messaging.Transports;

namespace Duplex.Messaging.Clients;

/// <summary>
/// A client of the hub. A dialect feeds it with what its peer asks; the hub sends through its wire and transport.
/// Belongs to its shard: members are for the shard only, but for those of <see cref="ClientContext"/>.
/// </summary>
public sealed class Client : ClientContext
{
    private readonly IClientTransport _transport;
    private readonly ClientTimer _timer;
    private OutboundQueue? _queue;
    private CommandRate _rate;
    private int _reservedBytes;
    private CancellationTokenSource? _gone;
    private ReadOnlyMemory<byte> _connectionInfo;
    private string _user = "";
    private ClientInfo? _info;

    /// <summary>Makes the client of a transport that just opened. On the shard.</summary>
    internal Client(ClientEnvironment environment, Shard shard, IClientTransport transport, Wire wire, ClientFeatures features)
    {
        Environment = environment;
        Shard = shard;
        Wire = wire;
        Features = features;
        _transport = transport;
        _timer = new ClientTimer(this);
        _timer.ExpectConnect();
    }

    /// <inheritdoc/>
    public override string Id => _info?.Client ?? Key.ToString();

    /// <inheritdoc/>
    public override string User => _user;

    /// <inheritdoc/>
    public override ClaimsPrincipal? Principal => Features.Principal;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> ConnectionInfo => _connectionInfo;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Meta => Details.Meta;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> EmulatedHeaders => Details.EmulatedHeaders;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> RequestHeaders => Features.Headers;

    /// <inheritdoc/>
    public override bool IsText => Wire.IsText;

    /// <inheritdoc/>
    public override string Transport => _transport.Name;

    /// <inheritdoc/>
    public override string Name => SdkName;

    /// <inheritdoc/>
    public override string Version => SdkVersion;

    /// <inheritdoc/>
    public override EndPoint? RemoteEndPoint => Features.RemoteEndPoint;

    /// <inheritdoc/>
    public override CancellationToken Disconnected
    {
        get
        {
            var source = Volatile.Read(ref _gone);
            if (source is null)
            {
                var made = new CancellationTokenSource();
                source = Interlocked.CompareExchange(ref _gone, made, null) ?? made;
                if (Phase == ClientPhase.Closed) source.Cancel();
            }

            return source.Token;
        }
    }

    /// <summary>How far the client has come.</summary>
    public ClientPhase Phase { get; internal set; }

    /// <summary>The shard that owns the client.</summary>
    public Shard Shard { get; }

    /// <summary>How the client is spoken to.</summary>
    public Wire Wire { get; }

    /// <summary>What the hub gives to each of its clients.</summary>
    internal ClientEnvironment Environment { get; }

    internal ClientFeatures Features { get; }

    /// <summary>The id in the form that costs an idle client the least.</summary>
    internal Guid Key { get; } = Guid.NewGuid();

    /// <summary>What others are told; made when somebody is told, so that a client that only listens has none.</summary>
    internal ClientInfo Info => _info ??= new ClientInfo(_user, Key.ToString(), _connectionInfo);

    internal ClientDetails Details { get; set; } = ClientDetails.None;

    /// <summary>The user whom the client's tokens must name.</summary>
    internal string TokenUser => Details.TokenUser ?? _user;

    internal string SdkName { get; set; } = "";

    internal string SdkVersion { get; set; } = "";

    internal Client? NextOfUser { get; set; }

    internal Client? PreviousOfUser { get; set; }

    internal Subscription? Subscriptions { get; private set; }

    internal int SubscriptionCount { get; private set; }

    /// <summary>The channels whose members are told no news of the client right now; null when there are none.</summary>
    internal Dictionary<string, MembershipNews.Recent>? RecentlyLeft { get; set; }

    /// <summary>Whether the application let the client in and is still to be told that it has gone.</summary>
    internal bool IsLetIn { get; set; }

    internal ClientTimer Timer => _timer;

    /// <inheritdoc/>
    public override void Send(ReadOnlyMemory<byte> data) => Run(
        static state =>
        {
            if (state.Client.Wire.EncodeMessage(state.Data) is { } frame) state.Client.SendOwned(frame);
            else state.Client.End(Disconnects.InappropriateProtocol.Because("A message of the server is not JSON: clients that need it must connect in Protobuf."));
        },
        (Client: this, Data: data));

    /// <inheritdoc/>
    public override void Disconnect(Disconnect disconnect) =>
        Run(static state => state.Client.End(state.Disconnect), (Client: this, Disconnect: disconnect));

    /// <summary>Sends a reply or another frame that no channel's policy may drop. The caller keeps its reference.</summary>
    public void SendControl(SharedFrame frame)
    {
        if (Phase == ClientPhase.Closed) return;
        if (_queue is null && _transport.IsWritable) Transmit(frame);
        else if (!Queue().AddControl(frame)) End(Disconnects.Slow);
    }

    /// <summary>Whether the transport takes frames at once, so that a large reply to the next command waits for nothing.</summary>
    public bool IsWritable => _transport.IsWritable;

    /// <summary>Bytes that may still be kept for the client as replies, besides those that are being made.</summary>
    internal long ReplyRoom =>
        Math.Max(0, Environment.Options.MaxQueuedBytes - (_queue?.ControlBytes ?? 0) - _transport.QueuedBytes - _reservedBytes);

    /// <summary>The peer sent a command.</summary>
    /// <returns>False when it sends more than <see cref="HubOptions.CommandRateLimit"/>.</returns>
    public bool CountCommand() => Environment.Options.CommandRateLimit is not { } limit || _rate.TryTake(limit, Environment.Clock.Now);

    /// <summary>The peer answered a ping.</summary>
    /// <returns>False when nothing was asked.</returns>
    public bool Pong() => _timer.Pong();

    /// <summary>The transport takes frames again.</summary>
    public void OnWritable()
    {
        if (_queue is null || Phase == ClientPhase.Closed) return;
        try
        {
            if (_queue.Drain(_transport)) _queue = null;
        }
        catch (Exception exception)
        {
            Environment.Reports.CloseFailed(exception, this);
            End(Disconnects.WriteError with { IsReported = true });
        }
    }

    /// <summary>The transport has ended.</summary>
    public void OnClosed() => OnClosed(null);

    /// <summary>The transport has ended.</summary>
    /// <param name="explanation">How it ended, in one sentence for the log; null when that is not known.</param>
    public void OnClosed(string? explanation) =>
        End(explanation is null ? Disconnects.ConnectionClosed : Disconnects.ConnectionClosed.Because(explanation));

    /// <summary>Returns the error as the reply carries it: with the explanation where <see cref="HubOptions.EnableDetailedErrors"/> is set.</summary>
    public ClientError Describe(ClientError error) => Environment.Options.EnableDetailedErrors == true ? Explanations.Detailed(error) : error;

    /// <summary>Ends a client whose transport cannot carry the error of a command that was refused and reported.</summary>
    public void Refuse(ClientError error, Disconnect disconnect)
    {
        ArgumentNullException.ThrowIfNull(error);
        ArgumentNullException.ThrowIfNull(disconnect);
        Disconnect(disconnect with { Explanation = Explanations.Of(error).Sentence, IsReported = true });
    }

    /// <summary>Something failed on our side: it is logged, and the client is told to come back.</summary>
    public void Fail(Exception exception)
    {
        Environment.Reports.CommandFailed(exception, this);
        End(Disconnects.InternalError with { IsReported = true });
    }

    /// <summary>The peer sent a frame that cannot be read: it is logged with the place, and the client goes.</summary>
    /// <param name="reason">What is wrong, as a constant text.</param>
    /// <param name="offset">Where, in bytes from the beginning of the command.</param>
    public void Reject(string reason, int offset)
    {
        if (Phase == ClientPhase.Closed) return;
        End(Disconnects.BadRequest.Because($"The frame is malformed at byte {offset} of the command: {reason}."));
    }

    /// <summary>Takes room for the reply of a subscription, in place of what it had; 0 gives it back.</summary>
    internal void Reserve(Subscription subscription, long bytes)
    {
        _reservedBytes += (int)bytes - subscription.ReplyBytes;
        subscription.ReplyBytes = (int)bytes;
    }

    internal void SendPublication(HubChannel channel, string? key, SharedFrame frame)
    {
        if (Phase == ClientPhase.Closed) return;
        if (_queue is null && _transport.IsWritable) Transmit(frame);
        else if (!Queue().AddPublication(channel, key, frame)) End(Disconnects.Slow);
    }

    /// <summary>Sends a join or leave, which a client that reads too slowly does without.</summary>
    internal void SendMembership(HubChannel channel, SharedFrame frame)
    {
        if (Phase == ClientPhase.Closed) return;
        if (_queue is null && _transport.IsWritable) Transmit(frame);
        else Queue().AddMembership(channel, frame);
    }

    internal void SendOwned(SharedFrame frame)
    {
        SendControl(frame);
        frame.Release();
    }

    /// <summary>Sends what a subscription recovered as pushes, where no reply carries it.</summary>
    internal void Replay(SubscribeResult result)
    {
        foreach (var publication in result.Publications)
        {
            if (Wire.EncodePublication(result.Channel, 0, publication, null, PublicationForm.Plain) is { } frame) SendOwned(frame);
        }
    }

    internal void Identify(string user, ReadOnlyMemory<byte> info)
    {
        _user = user;
        _connectionInfo = info;
        _info = null;
        for (var subscription = Subscriptions; subscription is not null; subscription = subscription.NextOfClient)
        {
            if (subscription.Info is { } told) subscription.Info = told.ChannelInfo.IsEmpty ? Info : Info with { ChannelInfo = told.ChannelInfo };
        }
    }

    internal Subscription? FindSubscription(string channel)
    {
        var subscription = Subscriptions;
        while (subscription is not null && !string.Equals(subscription.Channel, channel, StringComparison.Ordinal))
        {
            subscription = subscription.NextOfClient;
        }

        return subscription;
    }

    internal void Link(Subscription subscription)
    {
        Debug.Assert(Phase != ClientPhase.Closed, "Nothing ends a subscription of a client that has left.");
        subscription.NextOfClient = Subscriptions;
        Subscriptions = subscription;
        SubscriptionCount++;
    }

    internal void Unlink(Subscription subscription)
    {
        if (ReferenceEquals(Subscriptions, subscription))
        {
            Subscriptions = subscription.NextOfClient;
        }
        else
        {
            var before = Subscriptions;
            while (before is not null && !ReferenceEquals(before.NextOfClient, subscription)) before = before.NextOfClient;
            if (before is null) return;
            before.NextOfClient = subscription.NextOfClient;
        }

        subscription.NextOfClient = null;
        SubscriptionCount--;
    }

    internal void LosePosition(Subscription subscription)
    {
        if (subscription.Has(SubscriptionTraits.ServerSide)) End(Disconnects.InsufficientState);
        else Environment.Events.OnPositionLost(subscription);
    }

    /// <summary>Runs a call on the shard, now when it is current. Safe from any thread.</summary>
    internal void Run<TState>(Action<TState> call, TState state)
    {
        if (Shard.IsCurrent) call(state);
        else Shard.Post(call, state);
    }

    /// <summary>
    /// The end of the client, once. Whatever the transport, the application's callbacks, a meter or a logger throw, the
    /// client leaves everything it was in, and the connection is closed or dropped.
    /// </summary>
    internal void End(Disconnect disconnect)
    {
        if (Phase == ClientPhase.Closed) return;
        Phase = ClientPhase.Closed;
        try
        {
            _timer.Stop();
            Environment.Reports.Ended(this, disconnect);
            if (Environment.Options.EnableDetailedErrors == true) disconnect = Explanations.Detailed(disconnect);

            // The transport goes first, so that a slow presence store does not hold up its close.
            Close(disconnect);
        }
        finally
        {
            Environment.Events.OnEnded(this);
            CancelDisconnected();
            Environment.Metrics.Ended(disconnect);
        }
    }

    private void Close(Disconnect disconnect)
    {
        try
        {
            Farewell(disconnect);
            _transport.Close(disconnect);
        }
        catch (Exception exception)
        {
            Environment.Reports.CloseFailed(exception, this);
            Abort();
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
            Environment.Reports.CloseFailed(exception, this);
        }
    }

    private void CancelDisconnected()
    {
        try
        {
            Volatile.Read(ref _gone)?.Cancel();
        }
        catch (Exception exception)
        {
            Environment.Reports.CallbackFailed(exception, this);
        }
    }

    // A transport that cannot send has lost its peer; the others of the channel go on.
    private void Transmit(SharedFrame frame)
    {
        try
        {
            _transport.Send(frame);
        }
        catch (Exception exception)
        {
            Environment.Reports.CloseFailed(exception, this);
            End(Disconnects.WriteError with { IsReported = true });
        }
    }

    private void Farewell(Disconnect disconnect)
    {
        // Who is gone or too slow gets nothing more; all others get what is queued before the close.
        var queue = _queue;
        _queue = null;
        if (disconnect.Code == Disconnects.ConnectionClosed.Code || disconnect.Code == Disconnects.Slow.Code) queue?.Clear();
        else queue?.DrainAll(_transport);
        if (!Wire.AnnouncesDisconnect || disconnect.Code == Disconnects.ConnectionClosed.Code) return;
        var push = Wire.EncodeDisconnect(disconnect);
        try
        {
            _transport.Send(push);
        }
        finally
        {
            push.Release();
        }
    }

    private OutboundQueue Queue() => _queue ??= new OutboundQueue(Environment.Options.MaxQueuedBytes, Environment.Metrics);
}
