using Showcase.Lines;

namespace Showcase.Tests.Lines;

public sealed class LineCaptureTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(100, 7)]
    [InlineData(4096, 4096)]
    [InlineData(4097, 1)]
    [InlineData(10_000, 999)]
    [InlineData(20_000, 5000)]
    public void The_last_4096_bytes_are_kept_in_order_however_they_arrive(int count, int atOnce)
    {
        var bytes = Enumerable.Range(0, count).Select(static number => (byte)(number * 7 % 251)).ToArray();
        var capture = new LineCapture();
        foreach (var part in bytes.Chunk(atOnce)) capture.Add(part);
        Assert.Equal(bytes.TakeLast(LineCapture.KeptBytes), capture.Read().Bytes);
        Assert.Equal((Math.Max(0, count - LineCapture.KeptBytes), count), (capture.Read().First, capture.Read().End));
    }
}
