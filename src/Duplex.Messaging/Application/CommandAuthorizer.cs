using Duplex.Execution;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;

namespace Duplex.Messaging.Application;

/// <summary>Authorizes commands of clients by the requirements of the application for their channel or method. Called on the client's shard.</summary>
internal sealed class CommandAuthorizer(ApplicationModel application, HandlerInvoker handlers)
{
    private readonly Lazy<bool> _isActive = new(() => application.HasChecks);

    /// <summary>Whether any channel or method has a requirement, so that applications without one have no overhead.</summary>
    public bool IsActive => _isActive.Value;

    /// <summary>Authorizes a command for a channel.</summary>
    public ValueTask<Outcome<Done>> CheckChannelAsync(Client client, string channel) =>
        application.FindChannel(channel, out var values) is { Authorize: { } check }
            ? CheckAsync(check, new HandlerContext { Type = "authorize", Client = client, Target = channel, Values = values })
            : new(Done.Instance);

    /// <summary>Authorizes a call.</summary>
    public ValueTask<Outcome<Done>> CheckCallAsync(Client client, string method, ReadOnlyMemory<byte> data) =>
        application.FindCall(method) is { Authorize: { } check }
            ? CheckAsync(check, new HandlerContext { Type = "authorize", Client = client, Target = method, Data = data })
            : new(Done.Instance);

    private async ValueTask<Outcome<Done>> CheckAsync(Handler<AccessDecision> check, HandlerContext context)
    {
        var client = (Client)context.Client;
        var answer = await handlers.DecideAsync(check, context).OnShard(client.Shard);
        if (client.Phase == ClientPhase.Closed) return Disconnects.ConnectionClosed;
        if (answer.IsSuccess) return Done.Instance;
        return answer.Error?.Code == ClientErrors.PermissionDenied.Code
            ? ClientErrors.PermissionDenied.Because("The authorization policy of the channel or method does not allow the client's principal.", false)
            : answer.Failure<Done>();
    }
}
