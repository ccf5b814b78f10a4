using System.Net;
using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Clients;

/// <summary>Represents the server as the caller of a method: a client without id and user.</summary>
internal sealed class ServerCaller(CancellationToken cancelled) : ClientContext
{
    public override string Id => "";

    public override string User => "";

    public override ReadOnlyMemory<byte> ConnectionInfo => default;

    public override string Transport => "server";

    public override string Name => "";

    public override string Version => "";

    public override EndPoint? RemoteEndPoint => null;

    public override CancellationToken Disconnected => cancelled;

    public override void Send(ReadOnlyMemory<byte> data)
    {
    }

    public override void Disconnect(Disconnect disconnect)
    {
    }
}
