using System.Net;
using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Clients;

/// <summary>Stands for the client where the server itself calls a method: nobody, without an id and without a user.</summary>
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
