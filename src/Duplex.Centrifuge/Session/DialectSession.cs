using Duplex.Centrifuge.Codecs;
using Duplex.Centrifuge.Model;
using Duplex.Execution;
using Duplex.Messaging;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Transports;

namespace Duplex.Centrifuge.Session;

/// <summary>
/// Reads a client's commands, executes them and sends the replies. Commands execute in order and one at a time unless
/// <see cref="HubOptions.MaxConcurrentCommands"/> allows more, because SDKs send connect and subscribes in one frame. Every member
/// must be called on the client's shard.
/// </summary>
internal sealed class DialectSession
{
    /// <summary>Limit: commands of one client that are executed in one turn of its shard; the others wait for the next turn.</summary>
    private const int CommandsPerTurn = 64;

    private readonly CommandDispatcher _dispatcher;
    private readonly HubOptions _options;
    private PendingFrames? _pending;
    private CommandLanes? _lanes;
    private int _active;
    private int _commandsLeft = CommandsPerTurn;
    private long _turn;

    // Whether arriving frames wait: for a command that is executing, for room in the transport, or for the next turn.
    private bool _isHeld;
    private bool _isYielding;
    private bool _isProcessing;
    private bool _waitsForRoom;

    /// <summary>Opens a client in the hub for a transport that has just opened. Must be called on the shard.</summary>
    public DialectSession(
        Hub hub, Shard shard, IClientTransport transport, DialectWire wire, ClientFeatures features, SessionOptions options)
    {
        _options = hub.Options;
        Client = hub.Open(shard, transport, wire, features);
        _dispatcher = new CommandDispatcher(hub.Commands, Client, wire, options);
    }

    /// <summary>The session's client.</summary>
    public Client Client { get; }

    // No other command executes while the connect command does.
    private bool IsFull => _active > 0 && (Client.Phase != ClientPhase.Connected || _active >= _options.MaxConcurrentCommands);

    /// <summary>Processes a received frame of one or more commands.</summary>
    public void OnMessage(ReadOnlySpan<byte> frame)
    {
        if (Client.Phase == ClientPhase.Closed) return;
        if (_isHeld) Keep(frame);
        else if (frame.IsEmpty) Client.Reject("a frame without a command", 0);
        else Process(frame, isRest: false);
    }

    /// <summary>Processes the connect request of a one-way transport, the only message that its client sends.</summary>
    public void OnConnect(ReadOnlySpan<byte> message)
    {
        if (_dispatcher.Codec.TryReadConnect(message, out var request, out var fault)) Follow(_dispatcher.ConnectOneWayAsync(request), null);
        else Client.Reject(fault.Reason, fault.Offset);
    }

    /// <summary>Resumes sending, and processing of commands, when the transport accepts frames again.</summary>
    public void OnWritable()
    {
        // Commands resume before the queued frames fill the transport again, so that a client that is far behind still progresses.
        if (_waitsForRoom && !_isYielding && !_isProcessing) Resume();
        Client.Sender.Drain();
    }

    /// <summary>Ends the client when the transport has ended.</summary>
    public void OnClosed() => OnClosed(null);

    /// <summary>Ends the client when the transport has ended.</summary>
    /// <param name="explanation">The reason, as one sentence for the log; null if it is not known.</param>
    public void OnClosed(string? explanation)
    {
        _pending = null;
        Client.OnClosed(explanation);
    }

    private void Process(ReadOnlySpan<byte> frame, bool isRest)
    {
        BeginTurn();
        _isProcessing = true;
        try
        {
            Read(frame, isRest);
        }
        finally
        {
            _isProcessing = false;
        }
    }

    private void Read(ReadOnlySpan<byte> frame, bool isRest)
    {
        var hasCommand = isRest;
        while (Client.Phase != ClientPhase.Closed)
        {
            if (IsFull || _commandsLeft == 0)
            {
                Hold(frame);
                if (!IsFull) Yield();
                return;
            }

            var next = frame;
            switch (_dispatcher.Codec.ReadCommand(ref frame, out var command, out var fault))
            {
                case CommandStatus.End:
                    if (!hasCommand) Client.Reject("a frame without a command", 0);
                    return;
                case CommandStatus.Fault:
                    Client.Reject(fault.Reason, fault.Offset);
                    return;
                default:
                    hasCommand = true;
                    var lane = _options.MaxConcurrentCommands > 1 ? CommandLanes.Of(command.Request) : null;
                    _waitsForRoom = !Client.Sender.IsWritable && MayBeLarge(command.Request);
                    if (_waitsForRoom || (lane is not null && _lanes is not null && _lanes.IsBusy(lane)))
                    {
                        Hold(next);
                        return;
                    }

                    Execute(command, lane);
                    break;
            }
        }
    }

    // A large reply waits until the client has read those before it, so that its queue does not overflow.
    private static bool MayBeLarge(Request? request) => request is HistoryRequest or PresenceRequest or SubscribeRequest { Recover: true }
        or SubscribeRequest { Type: not SubscriptionType.Stream };

    private void Execute(Command command, string? lane)
    {
        _commandsLeft--;
        if (!Client.CountCommand())
        {
            Client.Disconnect(Disconnects.TooManyRequests with { Explanation = "The client sends more commands per second than CommandRateLimit allows." });
            return;
        }

        var work = _dispatcher.ExecuteAsync(command);
        if (!work.IsCompletedSuccessfully) Follow(work, lane);
    }

    private void Follow(ValueTask work, string? lane)
    {
        _active++;
        if (lane is not null) (_lanes ??= new CommandLanes()).Enter(lane);
        _ = FollowAsync(work, lane);
    }

    private async Task FollowAsync(ValueTask work, string? lane)
    {
        try
        {
            await work.OnShard(Client.Shard);
        }
        catch (Exception exception)
        {
            Client.Fail(exception);
        }

        _active--;
        if (lane is not null) _lanes!.Leave(lane);

        // While a frame is being processed, its loop continues with the next command.
        if (!_isProcessing && !_isYielding) Resume();
    }

    // Commands of earlier turns do not count, so that those that arrive together are not divided over two turns without need.
    private void BeginTurn()
    {
        if (_turn == Client.Shard.TurnNumber) return;
        _turn = Client.Shard.TurnNumber;
        _commandsLeft = CommandsPerTurn;
    }

    private void Yield()
    {
        _isYielding = true;
        Client.Shard.Post(static session => session.OnNextTurn(), this);
    }

    private void OnNextTurn()
    {
        _isYielding = false;
        _commandsLeft = CommandsPerTurn;
        Resume();
    }

    private void Resume()
    {
        _isHeld = _waitsForRoom = false;
        while (!_isHeld && Client.Phase != ClientPhase.Closed && _pending is not null)
        {
            if (_pending.TryTake(out var frame, out var isRest)) Process(frame, isRest);
            else _pending = null;
        }
    }

    private void Hold(ReadOnlySpan<byte> rest)
    {
        _isHeld = true;
        if (!rest.IsEmpty) Pending().KeepRest(rest);
    }

    private void Keep(ReadOnlySpan<byte> frame)
    {
        // A pong is never held: a client would otherwise time out while a handler runs.
        if (Client.Phase == ClientPhase.Connected && frame.SequenceEqual(_dispatcher.Codec.Ping)) _dispatcher.TakePong();
        else if (!Pending().TryAdd(frame)) Client.Disconnect(Disconnects.TooManyRequests with { Explanation = "The client's pending commands exceed MaxPendingCommandBytes." });
    }

    private PendingFrames Pending() => _pending ??= new PendingFrames(_options.MaxPendingCommandBytes);
}
