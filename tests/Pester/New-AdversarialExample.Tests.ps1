BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'New-AdversarialExample' {
    Context 'examples' {
        It 'tells everything of an example' {
            $example = New-AdversarialExample $chelsea Fgsm 2/255
            $example.GetType().FullName | Should -Be 'CnnVis.AdversarialExample'
            $prediction = Get-CnnPrediction $chelsea -Top 1
            $example.Before.Name, $example.Label.Name | Should -Be $prediction.Class, $prediction.Class
            [Math]::Abs($example.Before.Probability - $prediction.Probability) | Should -BeLessThan 1e-5
            $example.Success | Should -BeTrue
            $example.After.Name | Should -Not -Be $prediction.Class
            $example.Original.Length, $example.Adversarial.Length, $example.Perturbation.Length | Should -Be 12288, 12288, 12288
            $example.LInf | Should -BeLessOrEqual (2 / 255)
            $squares = 0.0
            for ($i = 0; $i -lt 12288; $i++) { $change = [double] $example.Adversarial[$i] - $example.Original[$i]; $squares += $change * $change }
            [Math]::Abs($example.L2 - [Math]::Sqrt($squares)) | Should -BeLessThan 1e-9
            [Math]::Abs($example.Distortion - [Math]::Sqrt($squares / 12288)) | Should -BeLessThan 1e-9
            $example.Queries, $example.Gradients | Should -Be 2, 1
        }

        It 'goes picture by picture, method by method, size by size' {
            $examples = New-AdversarialExample $rocket, $coffee Fgsm, Bim 0, 1/255
            $examples.ForEach({ "$([System.IO.Path]::GetFileNameWithoutExtension($_.Path)) $($_.Method) $([Math]::Round(255 * $_.Epsilon))" }) | Should -Be @(
                'rocket Fgsm 0', 'rocket Fgsm 1', 'rocket Bim 0', 'rocket Bim 1', 'coffee Fgsm 0', 'coffee Fgsm 1', 'coffee Bim 0', 'coffee Bim 1')
            foreach ($example in $examples.Where({ $_.Epsilon -eq 0 })) {
                $example.L0 | Should -Be 0
                $example.Outcome | Should -Be 'Failed'
            }
        }

        It 'aims at a class, a random one or the least likely' {
            foreach ($target in 'teapot', 'Random', 'LeastLikely') {
                $example = New-AdversarialExample $chelsea Pgd 16/255 -Target $target
                $example.Target.Name | Should -Not -Be $example.Label.Name
                if ($target -eq 'teapot') { $example.Target.Name | Should -Be 'teapot' }
                $example.Success | Should -Be ($example.After.Index -eq $example.Target.Index)
            }
        }

        It 'leaves what is wrong as it is' {
            $example = New-AdversarialExample $coffee Pgd -Label teapot
            $example.Outcome | Should -Be 'AlreadyMisclassified'
            $example.AlreadyMisclassified | Should -BeTrue
            $example.L0 | Should -Be 0
            $example.Label.Name | Should -Be 'teapot'
        }

        It 'gives the same bytes for the same seed' {
            $first = New-AdversarialExample $coffee, $rocket Pgd 2/255 -Seed 3
            $again = New-AdversarialExample $coffee, $rocket Pgd 2/255 -Seed 3
            ($first[1].Adversarial -join ' ') | Should -Be ($again[1].Adversarial -join ' ')
            (New-AdversarialExample $rocket Pgd 2/255 -Seed 4).Adversarial -join ' ' | Should -Not -Be ($first[1].Adversarial -join ' ')
        }

        It 'keeps an example for larger sizes' {
            $examples = New-AdversarialExample $chelsea Pgd 16/255, 8/255, 0
            $examples.ForEach({ $_.Success }) | Should -Be $true, $true, $false
            ($examples[0].Adversarial -join ' ') | Should -Be ($examples[1].Adversarial -join ' ')
        }

        It 'warns of a size by L2 that looks like one by LInf, once' {
            $null = New-AdversarialExample $chelsea, $rocket DeepFool 8/255 -WarningVariable warnings -WarningAction SilentlyContinue
            @($warnings).Count | Should -Be 1
            "$warnings" | Should -Match 'DeepFool measures by L2.*about 1 by L2'
            $null = New-AdversarialExample $chelsea DeepFool 1 -WarningVariable warnings
            @($warnings).Count | Should -Be 0
        }

        It 'changes nothing outside the mask' {
            $mask = [double[]]::new(64 * 64)
            for ($i = 0; $i -lt 32 * 64; $i++) { $mask[$i] = 1 }
            $example = New-AdversarialExample $chelsea Bim 8/255 -Mask $mask -AllSteps
            for ($i = 0; $i -lt 12288; $i += 37) { if ($i % 4096 -ge 2048) { $example.Adversarial[$i] | Should -Be $example.Original[$i] } }
            $example.ChangedPixels | Should -BeGreaterThan 0
            $example.ChangedPixels | Should -BeLessOrEqual 2048
            (New-AdversarialExample $chelsea Bim 8/255 -Mask "$fixtures/black.png").L0 | Should -Be 0
        }
    }

    Context 'files' {
        It 'writes pictures, reads them again and asks about them' {
            $examples = New-AdversarialExample $chelsea, $rocket Pgd 4/255 -Quantize -OutputPath "$TestDrive/out"
            foreach ($example in $examples) {
                $example.File | Should -Exist
                $example.AfterFile.Name | Should -Be (Get-CnnPrediction $example.File -Top 1).Class
                $example.SuccessInFile | Should -Be ($example.AfterFile.Index -ne $example.Label.Index)
                $example.AfterFile.Index | Should -Be $example.AfterRounding.Index
                if ($example.Success) { $example.SuccessAfterRounding | Should -BeTrue }
            }
        }

        It 'replaces a file with -Force only, and writes none with -WhatIf' {
            $null = New-AdversarialExample $chelsea Fgsm -OutputPath "$TestDrive/one.png"
            { New-AdversarialExample $chelsea Fgsm -OutputPath "$TestDrive/one.png" -ErrorAction Stop } | Should -Throw -ErrorId 'FileExists*'
            (New-AdversarialExample $chelsea Fgsm -OutputPath "$TestDrive/one.png" -Force).File | Should -Exist
            (New-AdversarialExample $chelsea Fgsm -OutputPath "$TestDrive/two.png" -WhatIf).File | Should -BeNullOrEmpty
            "$TestDrive/two.png" | Should -Not -Exist
        }

        It 'draws the figure' {
            $file = New-AdversarialExample $chelsea Fgsm 2/255 | Export-CnnImage "$TestDrive/figure.png" -PassThru
            $file.Length | Should -BeGreaterThan 1000
        }
    }

    Context 'wrong calls' {
        It '<Call> is an error: <Id>' -ForEach @(
            @{ Call = 'Fgsm -1/255'; Id = 'InvalidArgument'; Arguments = @{ Method = 'Fgsm'; Epsilon = '-1/255' } }
            @{ Call = 'Fgsm -0.1'; Id = 'InvalidArgument'; Arguments = @{ Method = 'Fgsm'; Epsilon = -0.1 } }
            @{ Call = 'an epsilon that is no number'; Id = 'InvalidArgument'; Arguments = @{ Epsilon = 'much' } }
            @{ Call = 'an unknown method'; Id = 'InvalidArgument'; Arguments = @{ Method = 'Fgsmm' } }
            @{ Call = 'an unknown target'; Id = 'ClassNotFound'; Arguments = @{ Target = 'unicorn' } }
            @{ Call = 'an unknown label'; Id = 'ClassNotFound'; Arguments = @{ Label = 'unicorn' } }
            @{ Call = 'bounds the wrong way round'; Id = 'InvalidArgument'; Arguments = @{ Bounds = 0.8, 0.2 } }
            @{ Call = 'bounds outside'; Id = 'InvalidArgument'; Arguments = @{ Bounds = -0.1, 1 } }
            @{ Call = 'a mask of another size'; Id = 'InvalidArgument'; Arguments = @{ Mask = 1, 0, 1 } }
            @{ Call = 'a norm that the attack has not'; Id = 'InvalidArgument'; Arguments = @{ Method = 'Fgsm'; Norm = 'L0' } }
            @{ Call = 'two sources of labels'; Id = 'InvalidArgument'; Arguments = @{ Label = 'espresso'; LabelFromFolder = $true } }
            @{ Call = 'a lossy file'; Id = 'InvalidArgument'; Arguments = @{ OutputPath = 'x.jpg' } }
        ) {
            { New-AdversarialExample $coffee @Arguments -ErrorAction Stop } | Should -Throw -ErrorId "$Id*"
        }

        It 'reports pictures without a label, and goes on' {
            $examples = New-AdversarialExample $coffee, $rocket Fgsm -LabelFromFolder -ErrorVariable errors -ErrorAction SilentlyContinue
            @($examples).Count | Should -Be 0
            $errors.Count | Should -Be 2
        }
    }

    It 'brings a number below its threshold' {
        $example = New-AdversarialExample $coffee Pgd 24/255 -Target 'class(espresso)' -Threshold 4
        $example.Outcome | Should -Be 'Succeeded'
        $example.Before.Number | Should -BeGreaterThan 4
        $example.After.Number | Should -BeLessThan 4
        "$($example.Before)" | Should -BeLike 'class(espresso) *'
    }
}
