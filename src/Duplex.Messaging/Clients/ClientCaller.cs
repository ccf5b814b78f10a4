using Duplex.Execution;
using Duplex.Messaging.Application;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;

namespace Duplex.Messaging.Clients;

/// <summary>Takes calls and messages of clients to the application.</summary>
internal sealed class ClientCaller(Hub hub)
{
    public async ValueTask<Outcome<RpcResult>> CallAsync(Client client, string method, ReadOnlyMemory<byte> data)
    {
        if (!hub.Application.HasCalls) return ClientErrors.NotAvailable.Because("The application maps no method: map one with MapRpc.", true);
        if (hub.Application.FindCall(method) is not { } handler) return ClientErrors.MethodNotFound;
        var context = new HandlerContext { Type = "rpc", Client = client, Target = method, Data = data };
        var answer = await hub.CallAsync(handler, context).OnShard(client.Shard);
        return answer.IsSuccess
            ? new RpcResult { Data = hub.Payloads.SerializeObject(answer.Value.Result) }
            : answer.Failure<RpcResult>();
    }

    /// <summary>The server calls a method itself.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> CallAsync(string method, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        if (!hub.Application.HasCalls) throw new ClientException(ClientErrors.NotAvailable);
        cancellationToken.ThrowIfCancellationRequested();
        var handler = hub.Application.FindCall(method) ?? throw new ClientException(ClientErrors.MethodNotFound);
        var context = new HandlerContext { Type = "rpc", Client = new ServerCaller(cancellationToken), Target = method, Data = data };
        var answer = await hub.CallAsync(handler, context).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return answer.IsSuccess
            ? hub.Payloads.SerializeObject(answer.Value.Result)
            : throw new ClientException(answer.Error ?? ClientErrors.PermissionDenied);
    }

    public bool Receive(Client client, ReadOnlyMemory<byte> data)
    {
        if (hub.Application.Message is not { } handler) return false;
        hub.Notify(handler, new HandlerContext { Type = "send", Client = client, Data = data });
        return true;
    }
}
