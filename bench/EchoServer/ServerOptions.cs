namespace EchoServer;

/// <summary>The command line.</summary>
internal sealed record ServerOptions(string Transport, int Port, int Loops)
{
    public static readonly string[] Transports = ["uring", "epoll", "kestrel", "snw"];

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
                default:
                    return null;
            }
        }

        return arguments.Length % 2 == 0 ? options : null;
    }
}
