using Duplex.Execution;
using Duplex.Messaging.Application;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;

namespace Duplex.Messaging.Clients;

/// <summary>Passes calls and messages of clients to the application.</summary>
internal sealed class ClientCaller(ApplicationModel application, PayloadSerializer payloads, HandlerInvoker handlers)
{
    public async ValueTask<Outcome<RpcResult>> CallAsync(Client client, string method, ReadOnlyMemory<byte> data)
    {
        if (method.StartsWith(HubMethods.Prefix, StringComparison.Ordinal)) return HubMethods.Call(client, method, data);
        if (!application.HasCalls) return ClientErrors.NotAvailable.Because("The application maps no method: map one with MapRpc.", true);
        if (application.FindCall(method) is not { Handler: var handler }) return ClientErrors.MethodNotFound;
        var context = new HandlerContext { Type = "rpc", Client = client, Target = method, Data = data };
        return await handlers.CallAsync(handler, context, payloads).OnShard(client.Shard);
    }

    /// <summary>Calls a method on behalf of the server.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> CallAsync(string method, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        if (!application.HasCalls) throw new ClientException(ClientErrors.NotAvailable);
        cancellationToken.ThrowIfCancellationRequested();
        var handler = application.FindCall(method)?.Handler ?? throw new ClientException(ClientErrors.MethodNotFound);
        var context = new HandlerContext { Type = "rpc", Client = new ServerCaller(cancellationToken), Target = method, Data = data };
        var answer = await handlers.CallAsync(handler, context, payloads).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return answer.IsSuccess
            ? answer.Value.Data
            : throw new ClientException(answer.Error ?? ClientErrors.PermissionDenied);
    }

    public bool Receive(Client client, ReadOnlyMemory<byte> data)
    {
        if (application.Message is not { } handler) return false;
        handlers.Notify(handler, new HandlerContext { Type = "send", Client = client, Data = data });
        return true;
    }
}
