using Duplex.Centrifuge.Codecs;
using Duplex.Centrifuge.Model;
using Duplex.Execution;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;

namespace Duplex.Centrifuge.Session;

/// <summary>Passes commands to the hub and writes the replies. Every client has a session, so this part of it is no object of its own.</summary>
internal readonly struct CommandDispatcher(ClientCommands commands, Client client, DialectWire wire, SessionOptions options)
{
    private const string JavaScriptSdk = "js";

    public IProtocolCodec Codec => wire.Codec;

    public ValueTask ExecuteAsync(Command command)
    {
        var (id, request) = command;
        if (id == 0 && request is not SendRequest) TakePong();
        else if (client.Phase != ClientPhase.Connected && request is not ConnectRequest) End(Disconnects.BadRequest with { Explanation = "The client sent a command before it was connected." });
        else if (command.IsTooDeep) RefuseDepth(id);
        else if (request is SendRequest message) Receive(message);
        else if (request is null) End(Disconnects.BadRequest with { Explanation = "The frame holds no command that the server supports." });
        else return ExecuteAsync(id, request);
        return default;
    }

    private static Disconnect NotJson { get; } =
        Disconnects.InappropriateProtocol with { Explanation = "The reply is not JSON: clients that need it must connect in Protobuf." };

    // The JavaScript SDK offers to know channels by numbers, but in Protobuf it takes them for objects where long.js is
    // installed, which equal nothing: it would miss every push.
    private bool MissesNumbers => !wire.Codec.IsText && client.Name == JavaScriptSdk;

    /// <summary>The peer answered a ping, or nothing at all.</summary>
    public void TakePong()
    {
        if (client.Phase != ClientPhase.Connected || !client.Pong()) End(Disconnects.BadRequest with { Explanation = "The client sent a pong or an empty command without a ping before it." });
    }

    private async ValueTask ExecuteAsync(uint id, Request request)
    {
        if (request is SubscribeRequest subscribe && MissesNumbers) subscribe.Flag &= ~SubscribeFlags.ChannelCompaction;
        var outcome = await commands.ExecuteAsync(client, request).OnShard(client.Shard);
        Reply(id, outcome);
        if (outcome.IsSuccess) commands.Activate(client, outcome.Value);
    }

    /// <summary>Connects a client that can only listen: it gets a push, or the end of its connection.</summary>
    public async ValueTask ConnectOneWayAsync(ConnectRequest request)
    {
        var outcome = await commands.ExecuteAsync(client, request).OnShard(client.Shard);
        if (outcome.Disconnect is { } disconnect) End(disconnect);
        else if (outcome.Error is { } error) client.Refuse(error, OneWayRefusal.Of(error, options));
        else if (Send(wire.EncodeConnect((ConnectResult)outcome.Value!))) commands.Activate(client, outcome.Value!);
    }

    private void Receive(SendRequest message)
    {
        if (!commands.Receive(client, message)) End(Disconnects.NotAvailable);
    }

    private void Reply(uint id, Outcome<Result> outcome)
    {
        if (client.Phase == ClientPhase.Closed) return;
        if (outcome.Disconnect is { } disconnect) End(disconnect);
        else Send(outcome.IsSuccess ? wire.EncodeResult(id, outcome.Value) : wire.EncodeError(id, client.Describe(outcome.Error!)));
    }

    // False when the payload cannot be carried on the wire, which ends the client.
    private bool Send(SharedFrame? frame)
    {
        if (frame is null)
        {
            End(NotJson);
            return false;
        }

        client.SendControl(frame);
        frame.Release();
        return true;
    }

    private void RefuseDepth(uint id)
    {
        const string TooDeep = "The data is nested more deeply than the server reads.";
        if (id == 0) End(Disconnects.BadRequest with { Explanation = TooDeep });
        else Reply(id, ClientCommands.Refuse(client, "read", "", ClientErrors.BadRequest with { Explanation = TooDeep }));
    }

    private void End(Disconnect disconnect) => client.Disconnect(disconnect);
}
