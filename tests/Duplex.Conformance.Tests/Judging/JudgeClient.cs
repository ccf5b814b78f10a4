using System.Net;
using System.Net.Sockets;
using Duplex.Conformance.Tests.Http;
using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Judging;

/// <summary>The judge as the client: opens connections to a server under test.</summary>
public static class JudgeClient
{
    public static async Task<NetworkStream> ConnectAsync(IPEndPoint server, CancellationToken cancellationToken)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Sends a request as it stands and returns the head of the response; null when none came.</summary>
    public static async Task<MessageHead?> RequestAsync(IPEndPoint server, byte[] request, TimeSpan limit)
    {
        using var cancellation = new CancellationTokenSource(limit);
        await using var stream = await ConnectAsync(server, cancellation.Token);
        try
        {
            await stream.WriteAsync(request, cancellation.Token);
        }
        catch (IOException)
        {
            // Refused before all of it was read; the response may be there all the same.
        }

        return await MessageHead.ReadAsync(stream, cancellation.Token);
    }

    /// <summary>Opens a WebSocket, offering these parameters of permessage-deflate.</summary>
    public static async Task<RawPeer> OpenAsync(IPEndPoint server, string path, DeflateParameters? offer, TimeSpan limit)
    {
        using var cancellation = new CancellationTokenSource(limit);
        var stream = await ConnectAsync(server, cancellation.Token);
        var request = new UpgradeRequest().For(path);
        if (offer is not null) request = request.With("Sec-WebSocket-Extensions", offer.ToString());
        await stream.WriteAsync(request.ToBytes(), cancellation.Token);

        var response = await MessageHead.ReadAsync(stream, cancellation.Token);
        if (response?.Status != 101) throw new ViolationException($"The handshake was refused: {response?.StartLine ?? "no response"}.");
        if (response.One("Sec-WebSocket-Accept") != UpgradeRequest.Accept) throw new ViolationException("A wrong Sec-WebSocket-Accept (6455-4.2.2-h).");
        var answer = response.One("Sec-WebSocket-Extensions");
        if (answer is not null && offer is null) throw new ViolationException("An extension that was not offered (6455-4.2.2-f).");
        return new RawPeer(stream.Socket, stream, isClient: true, answer is null ? null : DeflateAnswer.Read(answer, offer!), limit);
    }
}
