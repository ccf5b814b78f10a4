using LoadTool.Measuring;
using LoadTool.Protocols;
using LoadTool.Sockets;

namespace LoadTool.Loads;

/// <summary>
/// Measures publications that HubServer makes in its own process to one channel with history and no subscriber. One RPC
/// call requests many publications, so that the server spends nearly all its time publishing.
/// </summary>
internal static class PublishLoad
{
    private const int PerCall = 10_000;

    // The hub's ping and the client's pong are empty commands.
    private const string Ping = "\u0002{}";
    private static readonly byte[] Pong = ClientFrame.Text("{}"u8);

    public static Result Run(Target target, LoadOptions options)
    {
        var connection = Subscribers.Open(target, 1, MessageProtocol.Centrifuge)[0];
        var frame = MessageProtocol.PublishMany("bench:alone", channels: 1, PerCall, new string('.', options.Payload));
        long published = 0;
        var window = new Window(options.Server, options.WarmUp, options.Length);
        while (window.Goes(published))
        {
            var answer = connection.Exchange(frame);
            if (answer.Contains(Ping, StringComparison.Ordinal))
            {
                connection.Send(Pong);
                if (answer.Length == Ping.Length + 1) answer = connection.ReadSome();
            }

            if (!answer.Contains("\"rpc\"", StringComparison.Ordinal)) throw new InvalidOperationException($"The hub did not publish: {answer}");
            published += PerCall;
        }

        return window.Close("publish", published);
    }
}
