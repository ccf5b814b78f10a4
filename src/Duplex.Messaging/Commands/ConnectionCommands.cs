using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Reporting;

namespace Duplex.Messaging.Commands;

/// <summary>Executes and reports the commands of a connection: connect, refresh and calls. Called on the client's shard.</summary>
internal sealed class ConnectionCommands(CommandReports reports, ClientConnector connector, ConnectionRenewal renewal, ClientCaller caller)
{
    public ValueTask<Outcome<Result>> ConnectAsync(Client client, ConnectRequest request) =>
        reports.Begin(client, "connect", headers: request.Headers).EndAsync(connector.ConnectAsync(client, request));

    public ValueTask<Outcome<Result>> RefreshAsync(Client client, RefreshRequest request) =>
        reports.Begin(client, "refresh").EndAsync(renewal.RefreshAsync(client, request.Token));

    public ValueTask<Outcome<Result>> CallAsync(Client client, RpcRequest request) =>
        reports.Begin(client, "rpc", request.Method).EndAsync(caller.CallAsync(client, request.Method, request.Data));
}
