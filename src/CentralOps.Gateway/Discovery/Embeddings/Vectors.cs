using System.Numerics;
using System.Runtime.InteropServices;

namespace CentralOps.Gateway.Discovery.Embeddings;

/// <summary>Arithmetic of embeddings.</summary>
internal static class Vectors
{
    public const int MaxDimensions = 8192;

    /// <summary>The vector at length one, so that a product is a cosine; null where it points nowhere.</summary>
    public static float[]? Normalize(ReadOnlySpan<float> vector)
    {
        var length = MathF.Sqrt(Product(vector, vector));
        if (vector.Length is 0 or > MaxDimensions || !float.IsFinite(length) || length == 0)
        {
            return null;
        }

        var unit = new float[vector.Length];
        for (var i = 0; i < unit.Length; i++)
        {
            unit[i] = vector[i] / length;
        }

        return unit;
    }

    /// <param name="right">Of the same dimensions.</param>
    public static float Product(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var wideLeft = MemoryMarshal.Cast<float, Vector<float>>(left);
        var wideRight = MemoryMarshal.Cast<float, Vector<float>>(right);
        var sums = Vector<float>.Zero;
        for (var i = 0; i < wideLeft.Length; i++)
        {
            sums += wideLeft[i] * wideRight[i];
        }

        var sum = Vector.Sum(sums);
        for (var i = wideLeft.Length * Vector<float>.Count; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
