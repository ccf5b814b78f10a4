using System.Net;
using System.Text;
using Duplex.Messaging.Application;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Server.Proxies;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.Server.Tests.Proxies;

/// <summary>What is made of a backend's answers, and what is logged about them.</summary>
public sealed class ProxyClientTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ListLogger _log = new();

    [Theory]
    [InlineData("1790000000.75")]
    [InlineData("1790000000.0")]
    [InlineData("1.79e9")]
    [InlineData("1790000000")]
    public async Task Expiry_is_taken_in_every_form_of_a_number_that_tokens_take(string seconds)
    {
        var reply = await ConnectAsync("{\"result\":{\"user\":\"ann\",\"expire_at\":" + seconds + "}}");

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_790_000_000), reply!.ExpiresAt);
    }

    [Theory]
    [InlineData("""{"result":{"user":"ann","subs":{"a":[]},"channels":[]}}""")]
    [InlineData("""{"result":{"user":"ann","subs":{"a":null},"channels":null,"expire_at":null,"data":null,"meta":null}}""")]
    [InlineData("""{"result":{"user":"ann","subs":{"a":{"override":[],"info":null}}},"error":null,"disconnect":null}""")]
    [InlineData("""{"result":{"user":"ann","subs":{"a":{"override":{"presence":null,"join_leave":[],"force_recovery":{"value":null}}}}},"error":[]}""")]
    [InlineData("\uFEFF{\"result\":{\"user\":\"ann\",\"subs\":{\"a\":{}}}}")]
    public async Task Nothing_is_taken_in_every_form_in_which_PHP_and_Windows_write_it(string answer)
    {
        var reply = await ConnectAsync(answer);

        Assert.Equal("ann", reply!.User);
        Assert.Equal(["a"], reply.Subscriptions.Select(static sub => sub.Channel));
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task Data_of_an_answer_may_be_nested_as_deep_as_any_data()
    {
        var data = new string('[', 64) + new string(']', 64);

        var reply = await ConnectAsync("{\"result\":{\"user\":\"ann\",\"data\":" + data + ",\"subs\":{\"a\":{\"data\":" + data + "}}}}");

        Assert.Equal("ann", reply!.User);
        Assert.Empty(_log.Entries);
    }

    [Theory]
    [InlineData("""{"result":{"user":42}}""", "result.user: a string is expected, not 42.")]
    [InlineData("""{"result":{"user":"\ud83d"}}""", "result.user: the string contains an unpaired surrogate.")]
    [InlineData("""{"\ud83d":1,"result":{}}""", "the answer: a member name contains an unpaired surrogate.")]
    [InlineData("""{"result":{"user":["a", "b"]}}""", "result.user: a string is expected, not [\"a\",\"b\"].")]
    [InlineData("""{"result":{"expire_at":"soon"}}""", "result.expire_at: Unix seconds as a number, such as 1790000000 is expected, not \"soon\".")]
    [InlineData("""{"result":{"channels":[null]}}""", "result.channels[0]: a string is expected, not null.")]
    [InlineData("""{"result":{"channels":{"a":1}}}""", "result.channels: a list of strings is expected, not {\"a\":1}.")]
    [InlineData("""{"result":{"subs":["a"]}}""", "result.subs: an object is expected, not [\"a\"].")]
    [InlineData("""{"result":{"subs":{"a":"b"}}}""", "result.subs.a: an object is expected, not \"b\".")]
    [InlineData("""{"result":{"subs":{"a":{"override":{"presence":{"value":1}}}}}}""", "result.subs.a.override.presence.value: true or false is expected, not 1.")]
    [InlineData("""{"result":{"subs":{"a":{"override":{"pace":{"value":{"latest":true}}}}}}}""", "override.pace.value.delay_ms: a whole number of milliseconds is missing.")]
    [InlineData("""{"result":{"subs":{"a":{"override":{"pace":{"value":{"delay_ms":"1s"}}}}}}}""", "result.subs.a.override.pace.value.delay_ms: a whole number from 0 to 18446744073709551615 is expected, not \"1s\".")]
    [InlineData("""{"result":{"b64data":"*"}}""", "result.b64data: base64 is expected.")]
    [InlineData("""{"result":[]}""", "result: an object such as {\"user\":\"42\"} is expected, not [].")]
    [InlineData("""{"result":[1]}""", "result: an object is expected, not [1].")]
    [InlineData("""{"result":"x"}""", "result: an object is expected, not \"x\".")]
    [InlineData("""{"error":{}}""", "error.code: a whole number above 0 is missing.")]
    [InlineData("""{"error":{"code":-1}}""", "error.code: a whole number from 1 to 4294967295 is expected, not -1.")]
    [InlineData("""{"error":{"code":4,"message":5}}""", "error.message: a string is expected, not 5.")]
    [InlineData("""{"error":{"code":4,"temporary":"no"}}""", "error.temporary: true or false is expected, not \"no\".")]
    [InlineData("""{"disconnect":{"reason":"x"}}""", "disconnect.code: a whole number from 3000 to 4999 is missing.")]
    [InlineData("""{"disconnect":{"code":1005}}""", "disconnect.code: a whole number from 3000 to 4999 is expected, not 1005.")]
    [InlineData("""[1]""", "the answer: an object such as {\"result\":{}} is expected, not [1].")]
    [InlineData("null", "the answer: an object such as {\"result\":{}} is expected, not null.")]
    [InlineData("", "invalid JSON at line 1, byte 1.")]
    [InlineData("<html>", "invalid JSON at line 1, byte 1.")]
    public async Task Answer_that_is_not_as_agreed_is_named_with_backend_and_member_and_is_temporary_for_the_client(string answer, string expected)
    {
        var refused = await Assert.ThrowsAsync<ClientException>(() => ConnectAsync(answer));

        Assert.Equal(ClientErrors.Internal, refused.Error);
        Assert.True(refused.Error.IsTemporary);
        Assert.Equal($"Error: The backend at http://backend/ returned an invalid answer: {expected} (0 more since the last entry).", Assert.Single(_log.Entries));
    }

    [Fact]
    public async Task Answer_that_is_no_UTF_8_is_named()
    {
        var client = Client(_ => Bytes([.. "{\"result\":{\"data\":\""u8, 0xFC, .. "\"}}"u8]));

        await Assert.ThrowsAsync<ClientException>(() => client.RequestAsync(null, static _ => { }, static result => result, CancellationToken.None));

        Assert.Contains("the answer is not valid UTF-8.", Assert.Single(_log.Entries), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Payload_goes_on_as_it_was_sent_but_for_white_space_between_tokens()
    {
        var client = Client(_ => Text("{\"result\":{\"data\":{ \"a b\" : \"\\ud83d \\\" \\\\\" ,\r\n \"\u00fc\": [1.0, 2e3 ]}}}"));

        var data = await client.RequestAsync(null, static _ => { }, static result => result!.Value.Payload("data"), CancellationToken.None);

        Assert.Equal("{\"a b\":\"\\ud83d \\\" \\\\\",\"\u00fc\":[1.0,2e3]}", Encoding.UTF8.GetString(data.Span));
    }

    [Fact]
    public async Task Reason_of_a_backend_is_cut_to_a_close_frame_at_a_character()
    {
        var client = Client(_ => Text("{\"disconnect\":{\"code\":4000,\"reason\":\"" + new string('\u00fc', 70) + "\"}}"));

        var gone = await Assert.ThrowsAsync<DisconnectException>(() => client.RequestAsync(null, static _ => { }, static result => result, CancellationToken.None));

        Assert.Equal(new string('\u00fc', 61), gone.Disconnect.Reason);
    }

    [Fact]
    public async Task Dead_backend_is_logged_once_a_minute_and_when_it_answers_again()
    {
        var isDead = true;
        var client = Client(_ => isDead ? throw new HttpRequestException("Connection refused") : Text("""{"result":{}}"""));

        for (var i = 0; i < 100; i++) await Assert.ThrowsAsync<ClientException>(() => client.RequestAsync(null, static _ => { }, static result => result, CancellationToken.None));
        _time.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<ClientException>(() => client.RequestAsync(null, static _ => { }, static result => result, CancellationToken.None));
        isDead = false;
        for (var i = 0; i < 3; i++) await client.RequestAsync(null, static _ => { }, static result => result, CancellationToken.None);

        Assert.Equal(
            [
                "Error: The backend at http://backend/ did not answer: Connection refused (0 more requests failed since the last entry).",
                "Error: The backend at http://backend/ did not answer: Connection refused (99 more requests failed since the last entry).",
                "Information: The backend at http://backend/ answers again after 101 failed requests.",
            ],
            _log.Entries);
    }

    [Fact]
    public async Task Payload_of_a_client_that_is_no_JSON_is_its_own_fault_and_the_backend_is_not_asked()
    {
        var client = Client(static _ => throw new InvalidOperationException("asked"));

        for (var i = 0; i < 100; i++)
        {
            var refused = await Assert.ThrowsAsync<ClientException>(
                () => client.RequestAsync(null, json => client.WritePayload(json, "data", new byte[] { 0xFF, 0x00 }), static result => result, CancellationToken.None));
            Assert.Equal(ClientErrors.BadRequest, refused.Error);
        }

        Assert.StartsWith("Warning: A request to the backend at http://backend/ was not sent: a client's data is not JSON", Assert.Single(_log.Entries), StringComparison.Ordinal);
    }

    private static HttpResponseMessage Text(string answer) => Bytes(Encoding.UTF8.GetBytes(answer));

    private static HttpResponseMessage Bytes(byte[] answer) => new(HttpStatusCode.OK) { Content = new ByteArrayContent(answer) };

    private Task<ConnectDecision?> ConnectAsync(string answer) => Client(_ => Text(answer))
        .RequestAsync(null, static _ => { }, static result => result is { } given ? ProxyAnswer.Connect(given) : null, CancellationToken.None);

    private ProxyClient Client(Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        var endpoint = new Uri("http://backend/");
        return new ProxyClient(new HttpClient(new StubHandler(answer)), new ProxySettings { Endpoint = endpoint }, _time, new BackendLog(_log, endpoint, _time));
    }

    private sealed class StubHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }

    private sealed class ListLogger : ILogger
    {
        public List<string> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
