using System.Net;
using System.Text;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;

namespace Showcase.Tests.Comets.Rooms;

/// <summary>A connection without a wire.</summary>
internal sealed class TestPilot(string user) : ClientContext
{
    private bool _isLost;

    public List<string> Sent { get; } = [];

    public override string Id => User;

    public override string User => user;

    public override ReadOnlyMemory<byte> ConnectionInfo => default;

    public override string Transport => "test";

    public override string Name => "";

    public override string Version => "";

    public override EndPoint? RemoteEndPoint => null;

    public override CancellationToken Disconnected => new(_isLost);

    public void Lose() => _isLost = true;

    public override void Send(ReadOnlyMemory<byte> data) => Sent.Add(Encoding.UTF8.GetString(data.Span));

    public override void Disconnect(Disconnect disconnect) => Lose();
}
