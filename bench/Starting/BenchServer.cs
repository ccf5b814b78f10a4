using System.Net.Sockets;

namespace Starting;

/// <summary>Runs a server under load until it is stopped. Exit codes: 0 stopped, 1 not started, 2 wrong usage.</summary>
internal static class BenchServer
{
    /// <summary>Builds and starts the server, prints the ready line, and returns when it has stopped.</summary>
    public static async Task<int> RunAsync(Func<WebApplicationBuilder, WebApplication> build, Func<WebApplication, string> ready)
    {
        WebApplication? app = null;
        try
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.SetMinimumLevel(LogLevel.Warning);

            // The program reports a failed start in one sentence, without the host's stack trace.
            builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
            app = build(builder);
            await app.StartAsync();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            await Console.Error.WriteLineAsync(Sentence(exception));
            if (app is not null) await app.DisposeAsync();
            return exception is UsageException ? 2 : 1;
        }

        await using (app)
        {
            Console.WriteLine(ready(app));
            await app.WaitForShutdownAsync();
        }

        return 0;
    }

    private static string Sentence(Exception exception) => exception switch
    {
        SocketException { SocketErrorCode: SocketError.AccessDenied } => "This user has no permission to listen on that port: choose one above 1023 with --port N.",
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } => $"{exception.Message} Choose another port with --port N.",
        _ => exception.Message.ReplaceLineEndings(" "),
    };
}
