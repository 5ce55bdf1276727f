# JSON of results of a network that takes pictures of 224 x 224 and has maps of 64 x 112 x 112: useful, and never a million numbers.

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    . "$PSScriptRoot/Results.ps1"
    $resnet = Get-CnnModel resnet224
    $results = ResultsOf $resnet conv1 relu1 relu5_1
    $results['whole layer'] = Get-CnnActivation $coffee relu1 -Model $resnet
    $results['whole filter bank'] = Get-CnnFilter conv5_3_2 -Model $resnet
    $results['long code'] = Get-CnnCode $coffee relu1 -Model $resnet
}

Describe 'JSON' {
    It 'is there for every kind, bounded, with text where the network is and nothing of the engine' {
        $wrong = foreach ($kind in $results.Keys) {
            foreach ($thing in @($results[$kind])[0]) {
                try { $json = $thing | ConvertTo-Json -Depth 2 -ErrorAction Stop -WarningAction Ignore } catch { "$kind fails: $_"; continue }
                # A filter bank tells its 512 filters.
                if ($json.Length -gt 500KB) { "$kind has $($json.Length) letters" }
                if ($json -match 'TorchSharp|CnnVis\.Engine|"Graph"|"Handle"') { "$kind has $($Matches[0])" }
                $model = ($json | ConvertFrom-Json).Model
                if ($null -ne $model -and $model -isnot [string]) { "$kind has a network in it" }
            }
        }
        $wrong -join "`n" | Should -BeNullOrEmpty
    }

    It 'tells of many numbers how many there are and where they lie' {
        $activation = $results['whole layer']
        $told = ($activation | ConvertTo-Json -Depth 2 | ConvertFrom-Json).Values
        $told.Length | Should -Be (64 * 112 * 112)
        $told.Minimum | Should -Be 0 -Because 'a ReLU gave them'
        [float] $told.Maximum | Should -Be ([System.Linq.Enumerable]::Max([float[]] $activation.Values))
        $mean = [System.Linq.Enumerable]::Average([float[]] $activation.Values)
        $told.Mean / $mean | Should -BeGreaterThan 0.99999
        $told.Mean / $mean | Should -BeLessThan 1.00001
        # What there is one of for each picture or position: how many, and the first hundred.
        $codes = 1..250 | ForEach-Object { [CnnVis.CnnCode] @{ Values = $_, ($_ * $_ % 7); Layer = 'fc'; Model = 'mine'; Path = "$_.png" } }
        $map = $codes | ConvertTo-Tsne -Perplexity 5 -Iterations 10
        $told = ($map | ConvertTo-Json -Depth 2 -WarningAction Ignore | ConvertFrom-Json).Points
        $told.Count | Should -Be 250
        $told.First | Should -HaveCount 100
        $told.First[99] | Should -BeLike '100.png (*, *)'
        $map.Points[249].Path | Should -Be '250.png'
        , $map.Points | Should -BeOfType CnnVis.TsnePoint[]
        $occlusion = Invoke-Occlusion $coffee -Model alexnet64 -WindowSize 8 -Stride 4
        $told = $occlusion | ConvertTo-Json -Depth 2 | ConvertFrom-Json
        $told.Windows.Count, $told.MostProbable.Count, $told.Computed.Count | Should -Be 225, 225, 225
        $told.Windows.First[16] | Should -Be '4, 4, 8 x 8'
        $told.MostProbableNames.First[0] | Should -Be $occlusion.MostProbableNames[0]
        $filter = ($results['whole filter bank'] | ConvertTo-Json -Depth 2 -WarningAction Ignore | ConvertFrom-Json).Filters[3]
        $filter.Weights | Should -Match '^4608 numbers from -\d.* to \d'
    }
}

Describe 'Arrays' {
    It 'are arrays in PowerShell' {
        $activation = $results['activation']
        , $activation.Values | Should -BeOfType float[]
        ($activation | Get-Member Values).Definition | Should -BeLike 'System.Single`[`] Values *'
        ($activation.Values | Measure-Object).Count | Should -Be (112 * 112)
        $activation.Values[-1] | Should -Be $activation.Values[112 * 112 - 1]
        ([CnnVis.CnnCode] @{ Values = 1, 2.5; Layer = 'fc'; Model = 'mine' }).Values | Should -Be 1, 2.5
    }

    It 'come whole through files of Export-Clixml' {
        foreach ($kind in 'activation', 'saliency map', 'code', 'filter', 'adversarial example', 'class image') {
            $name = @{ 'filter' = 'Weights'; 'adversarial example' = 'Adversarial' }[$kind] ?? 'Values'
            $thing = @($results[$kind])[0]
            $back = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($thing, 2))
            [float[]] $values = $back.$name
            [System.Linq.Enumerable]::SequenceEqual($values, [float[]] $thing.$name) | Should -BeTrue -Because $kind
        }
    }
}
