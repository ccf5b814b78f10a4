namespace Tools.Tests;

/// <summary>A server for measurements that cannot start reports why in one sentence.</summary>
public sealed class BenchServerTests
{
    private static readonly string[] PortOption = ["--port"];

    public static TheoryData<string> Servers => ["EchoServer", "HubServer", "SignalRPeer"];

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Port_in_use_is_named(string server)
    {
        using var taken = new TakenPort();
        await Tool.ShouldFailAsync(1, $"127.0.0.1:{taken.Number}", [Tool.Built(server), .. Option(server), $"{taken.Number}"]);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Port_that_is_no_number_is_named(string server) =>
        await Tool.ShouldFailAsync(2, "65535", [Tool.Built(server), .. Option(server), "70000"]);

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Port_without_the_right_to_it_is_named(string server)
    {
        Assert.SkipUnless(PlainUser.HasPrivilegedPorts, "Every user may listen on every port here.");
        await Tool.ShouldFailAsync(1, "above 1023", [.. PlainUser.Command, Tool.Built(server), .. Option(server), "80"]);
    }

    [Theory]
    [InlineData("EchoServer", "--transport is one of uring, epoll, kestrel, snw, not \"tcp\".", "--transport", "tcp")]
    [InlineData("EchoServer", "--loops is a whole number from 1 to 1024, not \"0\".", "--loops", "0")]
    [InlineData("EchoServer", "--speed is no option", "--speed", "high")]
    [InlineData("EchoServer", "--port has no value", "--port")]
    [InlineData("EchoServer", "--port is given twice", "--port", "0", "--port", "0")]
    [InlineData("HubServer", "--transport is one of kestrel, uring, epoll, not \"snw\".", "--transport", "snw")]
    [InlineData("HubServer", "--speed is no option", "--speed", "high")]
    [InlineData("HubServer", "--port has no value", "--port")]
    [InlineData("SignalRPeer", "usage: SignalRPeer PORT")]
    public async Task Wrong_option_is_named(string server, string sentence, params string[] args) =>
        await Tool.ShouldFailAsync(2, sentence, [Tool.Built(server), .. args]);

    [Theory]
    [InlineData("EchoServer")]
    [InlineData("HubServer")]
    public async Task Back_end_that_the_system_forbids_is_named(string server)
    {
        var withoutIoUring = Repository.PathOf("tests", "without-io-uring");
        await Tool.ShouldFailAsync(1, "io_uring: io_uring_setup failed with errno 1", withoutIoUring, Tool.Built(server), "--transport", "uring", "--port", "0");
    }

    private static string[] Option(string server) => server == "SignalRPeer" ? [] : PortOption;
}
