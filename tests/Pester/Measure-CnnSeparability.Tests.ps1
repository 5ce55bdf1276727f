Describe 'Measure-CnnSeparability' {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        $folder = "$TestDrive/classes"
        foreach ($class in @{ cat = $chelsea; cup = $coffee; sky = $rocket }.GetEnumerator()) {
            $null = New-Item -ItemType Directory "$folder/$($class.Key)"
            foreach ($i in 1..6) { Copy-Item $class.Value "$folder/$($class.Key)/$($class.Key)_$i$([IO.Path]::GetExtension($class.Value))" }
        }
        $measures = Measure-CnnSeparability $folder -Recurse -Layer conv1, relu7 -Model alexnet64 -WeightDecay 0.1 -TestShare 0.33
    }

    It 'gives a measure a layer, and baselines beside it' {
        $measures.ForEach({ "$($_.Layer) $($_.Base)" }) | Should -Be 'pixels Pixels', 'conv1 Trained', 'conv1 Random', 'relu7 Trained', 'relu7 Random'
        $measures | ForEach-Object { $_.Count, $_.TrainingCount, $_.ClassCount | Should -Be 6, 12, 3 }
    }

    It 'finds copies of pictures separable' {
        $measures.Accuracy | Should -Be 1, 1, 1, 1, 1
        $measures[0].Upper | Should -Be 1
        $measures[0].Lower | Should -BeLessThan 0.7
    }

    It 'finds labels that mean nothing not separable' {
        # Each class has one picture: none can be left out.
        { Measure-CnnSeparability "$folder/cat" -Layer relu7 -Model alexnet64 -LabelPattern '_(\d)\.' -WeightDecay 1 -NoBaseline } | Should -Throw -ErrorId 'InvalidArgument*'
        $halves = Measure-CnnSeparability "$folder/*/*" -Layer relu7 -Model alexnet64 -LabelPattern '_(?<label>\d)\.' -TestShare 0.34 -WeightDecay 1 -NoBaseline
        $halves.Accuracy | Should -BeLessThan 0.5
    }

    It 'averages long maps' {
        ($measures | Where-Object Layer -EQ conv1).CodeLength | Should -Be (64 * 8 * 8), (64 * 8 * 8)
        (Measure-CnnSeparability $folder -Recurse -Layer conv1 -Model alexnet64 -WeightDecay 0.1 -NoBaseline -MaxCodeLength 64).CodeLength | Should -Be 64
    }

    It 'draws itself' {
        $plot = Measure-CnnSeparability $folder -Recurse -Layer relu1, relu5, relu7 -Model alexnet64 -WeightDecay 0.1 -Plot
        $plot.Measures.Count | Should -Be 7
        $plot | Export-CnnImage "$TestDrive/plot.png"
        (SizeOf "$TestDrive/plot.png")[0] | Should -BeGreaterThan 640
    }
}
