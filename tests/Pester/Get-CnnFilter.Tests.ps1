BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Get-CnnFilter' {
    It 'gives <Layer> as <Count> filters of <Planes> x <Side> x <Side>' -ForEach @(
        @{ Layer = 'conv1'; Count = 64; Planes = 3; Side = 7 }
        @{ Layer = 'conv2'; Count = 128; Planes = 64; Side = 5 }
        @{ Layer = 'conv5'; Count = 192; Planes = 224; Side = 3 }
        @{ Layer = 'fc6'; Count = 512; Planes = 192; Side = 3 }
        @{ Layer = 'fc8'; Count = 100; Planes = 512; Side = 1 }
    ) {
        $bank = Get-CnnFilter $Layer
        $bank | Should -BeOfType ([CnnVis.CnnFilterBank])
        $bank.Model, $bank.Layer | Should -Be 'alexnet64', $Layer
        $bank.Filters.Count | Should -Be $Count
        $bank.Filters.Channel | Should -Be (0..($Count - 1))
        $filter = $bank.Filters[$Count - 1]
        $filter | Should -BeOfType ([CnnVis.CnnFilter])
        $filter.Planes, $filter.Height, $filter.Width | Should -Be $Planes, $Side, $Side
        $filter.Weights.Length | Should -Be ($Planes * $Side * $Side)
        "$filter" | Should -Be "$Layer $($Count - 1)"
    }

    It 'takes layers from the pipeline' {
        (Get-CnnLayer conv1, conv3 | Get-CnnFilter).Layer | Should -Be 'conv1', 'conv3'
        $network = Import-CnnModel $tiny
        ($network | Get-CnnLayer conv1 | Get-CnnFilter -Model $network).Model | Should -Be 'tiny'
        ($network | Get-CnnFilter).Model | Should -Be 'tiny'
    }

    It 'shows the first convolution unless told otherwise, whose planes are colours' {
        $bank = Get-CnnFilter
        $bank.Layer | Should -Be 'conv1'
        $bank.Filters[0].IsRgb | Should -BeTrue
        (Get-CnnFilter conv2).Filters[0].IsRgb | Should -BeFalse
    }

    It 'gives the weights that are in the file' {
        $filters = (Get-CnnFilter -Model $tiny).Filters
        $filters[0].Weights | Should -Be 0, 0, 0
        $filters[2].Weights | Should -Be 1, 0, 0
        $filters[3].Weights | Should -Be -1, 0, 1
        $filters[0..2].Norm | Should -Be 0, 0, 1
        [Math]::Abs($filters[3].Norm - [Math]::Sqrt(2)) | Should -BeLessThan 1e-6
        (Get-CnnFilter fc2 -Model $tiny).Filters[1].Weights | Should -Be 0, 0, 0, 4
    }

    It 'measures the weights'' norm' {
        foreach ($filter in (Get-CnnFilter conv1 -Channel 0, 1, 63).Filters) {
            $squares = 0.0
            foreach ($weight in $filter.Weights) { $squares += [double]$weight * $weight }
            [Math]::Abs($filter.Norm - [Math]::Sqrt($squares)) | Should -BeLessThan 1e-5
        }
    }

    It 'finds the filter that is most alike' {
        $filters = (Get-CnnFilter conv1).Filters
        foreach ($filter in $filters) {
            $filter.NearestChannel | Should -Not -Be $filter.Channel
            $filter.NearestChannel | Should -BeIn (0..63)
        }
        $first = $filters[0]
        $cosines = @(foreach ($other in $filters) {
                $product = 0.0
                for ($i = 0; $i -lt 147; $i++) { $product += [double]$first.Weights[$i] * $other.Weights[$i] }
                [Math]::Abs($product) / $first.Norm / $other.Norm
            })
        $cosines[0] = 0
        [Math]::Abs($first.NearestSimilarity - ($cosines | Measure-Object -Maximum).Maximum) | Should -BeLessThan 1e-5
        [Math]::Abs($first.NearestSimilarity - $cosines[$first.NearestChannel]) | Should -BeLessThan 1e-5
    }

    It 'measures noise where windows are large enough to tell' {
        $bank = Get-CnnFilter conv1
        $bank.NoiseLevel | Should -BeGreaterOrEqual 0
        $bank.NoiseLevel | Should -BeLessOrEqual 1
        $bank.Filters[0].Smoothness | Should -BeGreaterThan 0
        $bank.Filters[0].HighFrequencyShare | Should -BeGreaterOrEqual 0
        $bank.Filters[0].HighFrequencyShare | Should -BeLessOrEqual 1
        $units = Get-CnnFilter fc7
        $units.Noise | Should -Be 'Undecided'
        [double]::IsNaN($units.NoiseLevel) | Should -BeTrue
        [double]::IsNaN($units.Filters[0].Smoothness) | Should -BeTrue
    }

    It 'gives the channels asked for, measured among all' {
        $all = (Get-CnnFilter conv1).Filters
        $bank = Get-CnnFilter conv1 -Channel 40, 5
        $bank.Filters.Channel | Should -Be 40, 5
        $bank.Filters[0].Weights | Should -Be $all[40].Weights
        $bank.Filters[1].NearestChannel | Should -Be $all[5].NearestChannel
    }

    It 'gives several layers in order of computation' {
        (Get-CnnFilter fc8, conv3, conv1).Layer | Should -Be 'conv1', 'conv3', 'fc8'
    }

    It 'skips layers without filters where a wildcard names them' {
        (Get-CnnFilter '*1' -ErrorVariable problems).Layer | Should -Be 'conv1'
        (Get-CnnFilter * -Model $tiny -ErrorVariable +problems).Layer | Should -Be 'conv1', 'fc2'
        $problems | Should -BeNullOrEmpty
    }

    It 'tells a layer without filters that is named, and goes on' {
        $banks = Get-CnnFilter relu1, conv2 -ErrorVariable problems -ErrorAction SilentlyContinue
        $banks.Layer | Should -Be 'conv2'
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'LayerHasNoFilters,CnnVis.PowerShell.Cmdlets.GetCnnFilterCommand'
        $problems[0].TargetObject | Should -Be 'relu1'
        $problems[0].Exception.Message | Should -BeLike '*conv1, conv2*'
    }

    It 'takes models from the pipeline' {
        (Get-CnnModel alexnet64 | Get-CnnFilter).Filters.Count | Should -Be 64
        (Import-CnnModel $tiny | Get-CnnFilter).Filters.Count | Should -Be 4
    }

    It 'tells an unknown channel' {
        Get-CnnFilter conv1 -Channel 64 -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'ChannelNotFound,CnnVis.PowerShell.Cmdlets.GetCnnFilterCommand'
        $problems[0].TargetObject | Should -Be 64
    }

    It 'tells an unknown layer' {
        { Get-CnnFilter conv9 } | Should -Throw -ErrorId 'LayerNotFound,CnnVis.PowerShell.Cmdlets.GetCnnFilterCommand'
    }
}
