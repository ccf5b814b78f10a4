namespace Tools.Tests;

/// <summary>A load that cannot be put on a server is explained in one sentence.</summary>
public sealed class LoadToolTests
{
    [Theory]
    [InlineData("nothing is no load", "nothing", "--port", "1")]
    [InlineData("--port is missing", "echo")]
    [InlineData("--port is a whole number from 1 to 65535, not \"x\"", "echo", "--port", "x")]
    [InlineData("--connections is a whole number from 1", "echo", "--port", "1", "--connections", "0")]
    [InlineData("--seconds is a number of seconds from 0", "echo", "--port", "1", "--seconds", "-1")]
    [InlineData("--speed is no option", "echo", "--speed", "9")]
    [InlineData("--pid: there is no process 999999999", "echo", "--port", "1", "--pid", "999999999")]
    [InlineData("idle needs --pid", "idle", "--port", "1")]
    [InlineData("hub needs --protocol", "hub", "--port", "1")]
    [InlineData("Unknown protocol 'mqtt'", "hub", "--port", "1", "--protocol", "mqtt")]
    public async Task Wrong_option_is_named(string sentence, params string[] args) =>
        await Tool.ShouldFailAsync(2, sentence, [Tool.Built("LoadTool"), .. args]);

    [Fact]
    public async Task Server_that_does_not_listen_is_named()
    {
        int port;
        using (var taken = new TakenPort()) port = taken.Number;
        await Tool.ShouldFailAsync(1, $"127.0.0.1:{port}", Tool.Built("LoadTool"), "echo", "--port", $"{port}");
    }

    [Theory]
    [InlineData("--inputs is no option with a whole number", "frames", "--inputs", "many")]
    [InlineData("--speed is no option", "frames", "--speed", "9")]
    public async Task Fuzz_driver_names_a_wrong_option(string sentence, params string[] args) =>
        await Tool.ShouldFailAsync(2, sentence, [Tool.Built("Duplex.Fuzz"), .. args]);
}
