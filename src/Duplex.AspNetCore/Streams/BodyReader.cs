using Microsoft.AspNetCore.Http;

namespace Duplex.AspNetCore.Streams;

/// <summary>Reads request bodies within limits of size and time. Reading ends when the server stops.</summary>
/// <param name="timeout">The time within which a body must arrive.</param>
/// <param name="time">The clock.</param>
/// <param name="stopping">Cancelled when the server stops.</param>
internal sealed class BodyReader(TimeSpan timeout, TimeProvider time, CancellationToken stopping)
{
    private const int BufferBytes = 4096;

    /// <summary>Returns the whole body, or the status of the response that refuses it.</summary>
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
            // The connection is closed instead of reading the rest of the body.
            if (!HttpProtocol.IsHttp2(request.Protocol) && !HttpProtocol.IsHttp3(request.Protocol)) request.HttpContext.Response.Headers.Connection = "close";
            return (null, stopping.IsCancellationRequested ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status408RequestTimeout);
        }

        return (body.ToArray(), StatusCodes.Status200OK);
    }
}
