using System.Net;
using System.Security.Claims;
using Duplex.Execution;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Outbound;
using Duplex.Messaging.Reporting;
using Duplex.Messaging.Subscriptions;
using Duplex.Messaging.Transports;

namespace Duplex.Messaging.Clients;

/// <summary>
/// Represents a client of the hub. A dialect passes it the commands of its peer; the hub sends through its wire and transport.
/// Owned by its shard: members other than those of <see cref="ClientContext"/> are called on the shard only.
/// </summary>
internal sealed class Client : ClientContext
{
    private CommandRate _rate;
    private SubscriptionList _subscriptions;
    private CancellationTokenSource? _disconnected;
    private ReadOnlyMemory<byte> _connectionInfo;
    private string _user = "";
    private ClientInfo? _info;

    /// <summary>Creates the client of a transport that has opened. Called on the shard.</summary>
    internal Client(ClientEnvironment environment, Shard shard, IClientTransport transport, Wire wire, ClientFeatures features)
    {
        Environment = environment;
        Shard = shard;
        Wire = wire;
        Features = features;
        Sender = new ClientSender(this, transport);
        Timer = new ClientTimer(this);
        Timer.ExpectConnect();
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
    public override ReadOnlyMemory<byte> Meta => Extras.Meta;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> EmulatedHeaders => Extras.EmulatedHeaders;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> RequestHeaders => Features.Headers;

    /// <inheritdoc/>
    public override bool IsText => Wire.IsText;

    /// <inheritdoc/>
    public override string Transport => Sender.Transport;

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
            var source = Volatile.Read(ref _disconnected);
            if (source is null)
            {
                var made = new CancellationTokenSource();
                source = Interlocked.CompareExchange(ref _disconnected, made, null) ?? made;
                if (Phase == ClientPhase.Closed) source.Cancel();
            }

            return source.Token;
        }
    }

    /// <summary>The phase of the connection.</summary>
    public ClientPhase Phase { get; internal set; }

    /// <summary>The shard that owns the client.</summary>
    public Shard Shard { get; }

    /// <summary>Encodes what the hub sends to the client.</summary>
    public Wire Wire { get; }

    /// <summary>Sends frames to the client.</summary>
    public ClientSender Sender { get; }

    /// <summary>The parts of the hub that its clients use.</summary>
    internal ClientEnvironment Environment { get; }

    internal ClientFeatures Features { get; }

    /// <summary>The id, in the form that takes the least memory.</summary>
    internal Guid Key { get; } = Guid.NewGuid();

    /// <summary>The information that other clients receive. Created on first use, so that a client that only receives has none.</summary>
    internal ClientInfo Info => _info ??= new ClientInfo(_user, Key.ToString(), _connectionInfo);

    internal ClientExtras Extras { get; set; } = ClientExtras.None;

    /// <summary>The user that the client's tokens must name.</summary>
    internal string TokenUser => Extras.TokenUser ?? _user;

    internal string SdkName { get; set; } = "";

    internal string SdkVersion { get; set; } = "";

    internal Client? NextOfUser { get; set; }

    internal Client? PreviousOfUser { get; set; }

    internal ref SubscriptionList Subscriptions => ref _subscriptions;

    /// <summary>The channels in which joins and leaves of the client are delayed now; null when there are none.</summary>
    internal Dictionary<string, JoinLeavePublisher.RecentLeave>? RecentLeaves { get; set; }

    /// <summary>Whether the application has admitted the client and has not received its disconnect.</summary>
    internal bool IsAdmitted { get; set; }

    internal ClientTimer Timer { get; }

    /// <inheritdoc/>
    public override void Send(ReadOnlyMemory<byte> data) => Run(
        static state =>
        {
            if (state.Client.Wire.EncodeMessage(state.Data) is { } frame) state.Client.Sender.SendOwned(frame);
            else state.Client.End(Disconnects.InappropriateProtocol.Because("A message of the server is not JSON: clients that need it must connect in Protobuf."));
        },
        (Client: this, Data: data));

    /// <inheritdoc/>
    public override void Disconnect(Disconnect disconnect) =>
        Run(static state => state.Client.End(state.Disconnect), (Client: this, Disconnect: disconnect));

    /// <inheritdoc/>
    public override Task<SubscriptionStatus?> ReadSubscriptionAsync(string channel, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(channel);
        cancellationToken.ThrowIfCancellationRequested();
        var done = new TaskCompletionSource<SubscriptionStatus?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Run(static state => state.Done.SetResult(state.Client.StatusOf(state.Channel)), (Client: this, Channel: channel, Done: done));
        return done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Counts a command of the peer against its rate.</summary>
    /// <returns>False when the peer sends more than <see cref="HubOptions.CommandRateLimit"/>.</returns>
    public bool CountCommand() => Environment.Options.CommandRateLimit is not { } limit || _rate.TryTake(limit, Environment.Clock.Now);

    /// <summary>Handles a pong of the peer.</summary>
    /// <returns>False when no ping was sent.</returns>
    public bool Pong() => Timer.Pong();

    /// <summary>Ends the client when its transport has ended.</summary>
    public void OnClosed() => OnClosed(null);

    /// <summary>Ends the client when its transport has ended.</summary>
    /// <param name="explanation">The cause as one sentence for the log; null when it is unknown.</param>
    public void OnClosed(string? explanation) =>
        End(explanation is null ? Disconnects.ConnectionClosed : Disconnects.ConnectionClosed.Because(explanation));

    /// <summary>Returns the error for the reply, with the explanation when <see cref="HubOptions.EnableDetailedErrors"/> is set.</summary>
    public ClientError Describe(ClientError error) => Environment.Options.EnableDetailedErrors == true ? Explanations.Detailed(error) : error;

    /// <summary>Ends a client whose transport cannot carry the error of a refused command. The refusal has been reported.</summary>
    public void Refuse(ClientError error, Disconnect disconnect)
    {
        ArgumentNullException.ThrowIfNull(error);
        ArgumentNullException.ThrowIfNull(disconnect);
        Disconnect(disconnect with { Explanation = Explanations.Of(error).Sentence, IsReported = true });
    }

    /// <summary>Logs a failure of the server and disconnects the client with a code that lets it reconnect.</summary>
    public void Fail(Exception exception)
    {
        Environment.Reports.CommandFailed(exception, this);
        End(Disconnects.InternalError with { IsReported = true });
    }

    /// <summary>Disconnects a peer that sent a malformed frame, and logs the position.</summary>
    /// <param name="reason">The fault, as a constant text.</param>
    /// <param name="offset">The position, in bytes from the start of the command.</param>
    public void Reject(string reason, int offset)
    {
        if (Phase == ClientPhase.Closed) return;
        End(Disconnects.BadRequest.Because($"The frame is malformed at byte {offset} of the command: {reason}."));
    }

    /// <summary>Sets the user and the info of the connection, also in the client's subscriptions.</summary>
    internal void Identify(string user, ReadOnlyMemory<byte> info)
    {
        _user = user;
        _connectionInfo = info;
        _info = null;
        for (var subscription = _subscriptions.First; subscription is not null; subscription = subscription.NextOfClient)
        {
            if (subscription.Info is { } present) subscription.Info = present.ChannelInfo.IsEmpty ? Info : Info with { ChannelInfo = present.ChannelInfo };
        }
    }

    /// <summary>Ends a subscription that may have missed publications; one that the server made ends the client.</summary>
    internal void LosePosition(Subscription subscription)
    {
        if (subscription.Has(SubscriptionState.ServerSide)) End(Disconnects.InsufficientState);
        else Environment.Events.OnPositionLost(subscription);
    }

    /// <summary>Runs a call on the shard, at once when the shard is current. Safe from any thread.</summary>
    internal void Run<TState>(Action<TState> call, TState state)
    {
        if (Shard.IsCurrent) call(state);
        else Shard.Post(call, state);
    }

    /// <summary>
    /// Ends the client, once. It is removed from everything it was part of and its connection is closed or dropped, even when the transport,
    /// a callback of the application, a meter or a logger throws.
    /// </summary>
    internal void End(Disconnect disconnect)
    {
        if (Phase == ClientPhase.Closed) return;
        Phase = ClientPhase.Closed;
        try
        {
            Timer.Stop();
            Environment.Reports.Ended(this, disconnect);
            if (Environment.Options.EnableDetailedErrors == true) disconnect = Explanations.Detailed(disconnect);

            // The transport is closed first, so that a slow presence store does not delay it.
            Sender.Close(disconnect);
        }
        finally
        {
            Environment.Events.OnEnded(this);
            CancelDisconnected();
            Environment.Metrics.Ended(disconnect);
        }
    }

    /// <summary>Returns the state of a live subscription; null when there is none.</summary>
    internal SubscriptionStatus? StatusOf(string channel) =>
        _subscriptions.Find(channel) is { } subscription && subscription.Has(SubscriptionState.Live)
            ? new(channel, subscription.Skipped, subscription.Pace)
            : null;

    private void CancelDisconnected()
    {
        try
        {
            Volatile.Read(ref _disconnected)?.Cancel();
        }
        catch (Exception exception)
        {
            Environment.Reports.CallbackFailed(exception, this);
        }
    }
}
