using LoadTool.Measuring;
using LoadTool.Protocols;
using LoadTool.Sockets;

namespace LoadTool.Loads;

/// <summary>
/// What HubServer publishes in its own process to one channel with history and no subscriber. One call from here
/// asks for many publications, so that nearly all the server does is publish.
/// </summary>
internal static class PublishLoad
{
    private const int PerCall = 10_000;

    // The hub's ping and its pong are an empty command.
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
