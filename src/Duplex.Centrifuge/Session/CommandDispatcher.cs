using Duplex.Centrifuge.Codecs;
using Duplex.Centrifuge.Model;
using Duplex.Execution;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;

namespace Duplex.Centrifuge.Session;

/// <summary>Passes commands to the hub and writes the replies. A struct, because every client has a session and each object would cost memory per client.</summary>
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
        else if (request is null) End(Disconnects.BadRequest with { Explanation = "The frame contains no command that the server supports." });
        else return ExecuteAsync(id, request);
        return default;
    }

    private static Disconnect NotJson { get; } =
        Disconnects.InappropriateProtocol with { Explanation = "The reply is not JSON: clients that need it must connect in Protobuf." };

    // The JavaScript SDK negotiates channel numbers, but with long.js installed it decodes them from Protobuf as objects,
    // which are never equal to each other: the SDK would drop every push.
    private bool CannotMatchChannelNumbers => !wire.Codec.IsText && client.Name == JavaScriptSdk;

    /// <summary>Handles a pong. A pong without a ping before it ends the client.</summary>
    public void TakePong()
    {
        if (client.Phase != ClientPhase.Connected || !client.Pong()) End(Disconnects.BadRequest with { Explanation = "The client sent a pong or an empty command without a ping before it." });
    }

    private async ValueTask ExecuteAsync(uint id, Request request)
    {
        if (request is SubscribeRequest subscribe && CannotMatchChannelNumbers) subscribe.Flag &= ~SubscribeFlags.ChannelCompaction;
        var outcome = await commands.ExecuteAsync(client, request).OnShard(client.Shard);
        Reply(id, outcome);
        if (outcome.IsSuccess) commands.Activate(client, outcome.Value);
    }

    /// <summary>Connects a client of a one-way transport, which receives a connect push or is disconnected.</summary>
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

    // Returns false when the encoding cannot carry the payload, which ends the client.
    private bool Send(SharedFrame? frame)
    {
        if (frame is null)
        {
            End(NotJson);
            return false;
        }

        client.Sender.SendControl(frame);
        frame.Release();
        return true;
    }

    private void RefuseDepth(uint id)
    {
        const string TooDeep = "The data is nested more deeply than the server accepts.";
        if (id == 0) End(Disconnects.BadRequest with { Explanation = TooDeep });
        else Reply(id, commands.Refuse(client, "read", "", ClientErrors.BadRequest with { Explanation = TooDeep }));
    }

    private void End(Disconnect disconnect) => client.Disconnect(disconnect);
}
