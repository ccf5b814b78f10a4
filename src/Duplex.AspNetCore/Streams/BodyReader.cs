using Microsoft.AspNetCore.Http;

namespace Duplex.AspNetCore.Streams;

/// <summary>Reads request bodies within bounds of size and time. A server that stops waits for none.</summary>
/// <param name="timeout">Time for a body to arrive.</param>
/// <param name="time">The clock.</param>
/// <param name="stopping">Is cancelled when the server stops.</param>
internal sealed class BodyReader(TimeSpan timeout, TimeProvider time, CancellationToken stopping)
{
    private const int BufferBytes = 4096;

    /// <summary>The whole body, or the status that refuses it.</summary>
    public async Task<(byte[]? Body, int Status)> ReadAsync(HttpRequest request, int maxBytes)
    {
        if (request.ContentLength > maxBytes) return (null, StatusCodes.Status413PayloadTooLarge);
        using var limit = new CancellationTokenSource(timeout, time);
        var aborted = request.HttpContext.RequestAborted;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, aborted, stopping);
        using var body = new MemoryStream();
        var buffer = new byte[BufferBytes];
        try
        {
            int count;
            while ((count = await request.Body.ReadAsync(buffer, either.Token).ConfigureAwait(false)) > 0)
            {
                if (body.Length + count > maxBytes) return (null, StatusCodes.Status413PayloadTooLarge);
                body.Write(buffer, 0, count);
            }
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            // What is left of the body is not worth reading.
            if (!HttpProtocol.IsHttp2(request.Protocol) && !HttpProtocol.IsHttp3(request.Protocol)) request.HttpContext.Response.Headers.Connection = "close";
            return (null, stopping.IsCancellationRequested ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status408RequestTimeout);
        }

        return (body.ToArray(), StatusCodes.Status200OK);
    }
}
