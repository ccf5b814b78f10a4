using System.Net;

namespace Duplex.AspNetCore.Tests.Tokens;

/// <summary>An identity provider whose answers a test sets, and which counts how often it is asked.</summary>
internal sealed class PublishedKeys : HttpMessageHandler
{
    public static Uri Endpoint { get; } = new("https://provider.example/keys");

    public List<string> Keys { get; } = [];

    public bool IsAway { get; set; }

    /// <summary>What is answered in place of the keys.</summary>
    public Func<HttpResponseMessage>? Answer { get; set; }

    public int Asked { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked++;
        Assert.Equal(Endpoint, request.RequestUri);
        if (Answer is not null) return Task.FromResult(Answer());
        return Task.FromResult(IsAway
            ? new HttpResponseMessage(HttpStatusCode.BadGateway)
            : new HttpResponseMessage { Content = new StringContent($$"""{"keys":[{{string.Join(',', Keys)}}]}""") });
    }
}
