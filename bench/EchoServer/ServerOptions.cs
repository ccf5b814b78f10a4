namespace EchoServer;

/// <summary>The command line.</summary>
internal sealed record ServerOptions(string Transport, int Port, int Loops)
{
    public const int DefaultMessageBytes = 16 * 1024 * 1024, DefaultFragments = 4096;

    public static readonly string[] Transports = ["uring", "epoll", "kestrel", "snw"];

    public static string Usage { get; } =
        $"""
        usage: EchoServer [options]
          --transport {string.Join('|', Transports)}
                               default uring; snw is System.Net.WebSockets on Kestrel, without the options below
          --port N             default 0: a free one, which is printed
          --loops N            event loops of uring and epoll, default 1
          --compression on|off permessage-deflate on /echo and /await with every parameter that a client asks for, default off
          --max-message N      largest message in bytes, default {DefaultMessageBytes}
          --max-fragments N    most fragments of a message, default {DefaultFragments}
        /echo returns each message from a handler, /await from a task, /deflate compressed, /fan sends it to everybody there.
        """;

    /// <summary>Whether /echo and /await compress.</summary>
    public bool Compresses { get; init; }

    public int MaxMessageBytes { get; init; } = DefaultMessageBytes;

    public int MaxFragments { get; init; } = DefaultFragments;

    public static ServerOptions? TryParse(string[] arguments)
    {
        var options = new ServerOptions("uring", 0, 1);
        for (var i = 0; i + 1 < arguments.Length; i += 2)
        {
            var value = arguments[i + 1];
            switch (arguments[i])
            {
                case "--transport" when Transports.Contains(value):
                    options = options with { Transport = value };
                    break;
                case "--port" when int.TryParse(value, out var port):
                    options = options with { Port = port };
                    break;
                case "--loops" when int.TryParse(value, out var loops):
                    options = options with { Loops = loops };
                    break;
                case "--compression" when value is "on" or "off":
                    options = options with { Compresses = value == "on" };
                    break;
                case "--max-message" when int.TryParse(value, out var bytes) && bytes > 0:
                    options = options with { MaxMessageBytes = bytes };
                    break;
                case "--max-fragments" when int.TryParse(value, out var fragments) && fragments > 0:
                    options = options with { MaxFragments = fragments };
                    break;
                default:
                    return null;
            }
        }

        return arguments.Length % 2 == 0 ? options : null;
    }
}
