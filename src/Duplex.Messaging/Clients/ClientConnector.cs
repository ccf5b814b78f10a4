using Duplex.Execution;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;

namespace Duplex.Messaging.Clients;

/// <summary>Executes the connect commands of clients. Called on the client's shard.</summary>
internal sealed class ClientConnector(
    NamePool names,
    ClientAdmission admission,
    ClientAuthenticator authenticator,
    ConnectSubscriptions subscriptions,
    ConnectionRenewal renewal,
    ConnectReply reply,
    ClientDeparture departure)
{
    /// <summary>Limit: characters of the name of a client's library; a longer name disconnects the client with 3501.</summary>
    private const int MaxNameLength = 16;

    /// <summary>Limit: characters of the version of a client's library; a longer version disconnects the client with 3501.</summary>
    private const int MaxVersionLength = 64;

    public async ValueTask<Outcome<ConnectResult>> ConnectAsync(Client client, ConnectRequest request)
    {
        if (RefusalOf(client, request) is { } refusal) return refusal;
        client.Phase = ClientPhase.Connecting;
        if (request.Headers is { Count: > 0 } headers) client.Extras = new ClientExtras { EmulatedHeaders = headers };
        client.SdkName = names.Share(request.Name);
        client.SdkVersion = names.Share(request.Version);

        var authenticated = await authenticator.AuthenticateAsync(client, request).OnShard(client.Shard);
        if (client.Phase == ClientPhase.Closed) return Disconnects.ConnectionClosed;
        if (!authenticated.IsSuccess) return Refuse(client, authenticated.Failure<ConnectResult>());
        var credentials = authenticated.Value;

        var subscribed = await subscriptions.SubscribeAsync(client, request, credentials).OnShard(client.Shard);
        if (client.Phase == ClientPhase.Closed) return Disconnects.ConnectionClosed;
        if (!subscribed.IsSuccess) return Refuse(client, subscribed.Failure<ConnectResult>());

        if (admission.Admit(client) is { } disconnect) return disconnect;
        client.Timer.Connected(renewal.MomentOf(credentials.Expiry));
        return reply.Create(client, credentials.Decision.Data, subscribed.Value, renewal.TtlOf(credentials.Expiry));
    }

    private Disconnect? RefusalOf(Client client, ConnectRequest request)
    {
        if (client.Phase != ClientPhase.Open) return Disconnects.BadRequest.Because("The client sent a second connect command.");
        if (request.Name.Length > MaxNameLength || request.Version.Length > MaxVersionLength) return Disconnects.BadRequest.Because($"The name of the client's library has more than {MaxNameLength} characters, or its version more than {MaxVersionLength}.");
        return EmulatedHeaders.FaultOf(request.Headers) is { } fault
            ? Disconnects.BadRequest.Because($"The connect command is refused: {fault}.")
            : admission.Refusal;
    }

    private Outcome<ConnectResult> Refuse(Client client, Outcome<ConnectResult> failure)
    {
        departure.Refuse(client);
        return failure;
    }
}
