using System.Net.Sockets;
using System.Text;

namespace Duplex.Server.Tests.Running;

/// <summary>Signals, and how the server stops when others do not help. Its time is short here; the tests' own limit is what a server that waits for others runs into.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task Hang_up_is_logged_and_ends_nobody()
    {
        await using var server = await ServerProcess.ServeAsync("""{"client":{"insecure":true}}""");
        using var client = await JsonClient.OpenAsync(server);
        await client.AskAsync("""{"id":1,"connect":{}}""");

        await server.SignalAsync("HUP");
        await server.LogsAsync("SIGHUP has no effect");

        Assert.Contains("\"subscribe\":{", await client.AskAsync("""{"id":2,"subscribe":{"channel":"a"}}"""), StringComparison.Ordinal);
        Assert.Equal(0, await server.TerminateAsync());
    }

    [Fact]
    public async Task A_second_signal_changes_nothing_about_the_end()
    {
        await using var server = await ServerProcess.ServeAsync("""{"client":{"insecure":true}}""");
        using var client = await JsonClient.OpenAsync(server);
        await client.AskAsync("""{"id":1,"connect":{}}""");

        await server.SignalAsync("TERM");
        var exit = server.TerminateAsync();
        Assert.StartsWith("close 3001", await client.NextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await exit);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("off")]
    public async Task Peers_that_say_half_a_head_answer_no_close_and_read_nothing_do_not_keep_the_server(string loops)
    {
        await using var server = await ServerProcess.ServeAsync(
            $$$"""{"http_server":{"event_loops":"{{{loops}}}"},"shutdown":{"timeout":"1s"},"client":{"insecure":true},"uni_sse":{"enabled":true},"http_stream":{"enabled":true}}""");
        using var half = await SendAsync(server, "GET / HTT");
        using var stream = await SendAsync(server, "POST /connection/http_stream HTTP/1.1\r\nHost: x\r\nContent-Length: 21\r\n\r\n{\"id\":1,\"connect\":{}}");
        using var events = await SendAsync(server, "GET /connection/uni_sse HTTP/1.1\r\nHost: x\r\n\r\n");
        using var silent = await JsonClient.OpenAsync(server);
        await silent.AskAsync("""{"id":1,"connect":{}}""");

        Assert.Equal(0, await server.TerminateAsync());
    }

    [Fact]
    public async Task Backend_that_never_answers_does_not_keep_the_server()
    {
        await using var backend = await Backend.StartAsync();
        var asked = new TaskCompletionSource();
        backend.Answer("/rpc", context =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var server = await ServerProcess.ServeAsync(
            $$$$"""{"shutdown":{"timeout":"1s"},"client":{"insecure":true},"rpc":{"proxy":{"endpoint":"{{{{backend.Address}}}}rpc","timeout":"1h"},"without_namespace":{"proxy_enabled":true}}}""");
        using var client = await JsonClient.OpenAsync(server);
        await client.AskAsync("""{"id":1,"connect":{}}""");
        var answer = client.AskAsync("""{"id":2,"rpc":{"method":"a"}}""");
        await asked.Task.WaitAsync(server.Token);

        Assert.Equal(0, await server.TerminateAsync());
        Assert.StartsWith("close 3001", await answer, StringComparison.Ordinal);
    }

    private static async Task<TcpClient> SendAsync(ServerProcess server, string text)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", server.Port, server.Token);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), server.Token);
        return client;
    }
}
